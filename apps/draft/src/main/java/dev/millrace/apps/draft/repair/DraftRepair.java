package dev.millrace.apps.draft.repair;

import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.Mending;
import dev.millrace.apps.draft.document.Settling;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mends the documents of a draft. Only what has one right answer is mended; a repair never moves,
 * cuts or removes what a viewer sees. It changes trees, not files.
 */
public final class DraftRepair {
  private static final Map<Rule, String> SAFE = new EnumMap<>(Rule.class);

  static {
    SAFE.put(Rule.DOCUMENTS_EQUAL, "writes draft_info.json anew as draft_content.json is");
    SAFE.put(Rule.FIELD_REQUIRED, "adds missing fields with what the client writes there");
    SAFE.put(Rule.LIST_REQUIRED, "adds missing lists, empty");
    SAFE.put(Rule.IDS_UNIQUE, "gives the later of two tracks or segments another id");
    SAFE.put(Rule.REFERENCE_RESOLVES, "leaves out references to nothing");
    SAFE.put(Rule.REFERENCE_ORDER, "sorts the references as the client does");
    SAFE.put(Rule.SPEED_AGREES, "gives the speed object the speed of its segment");
    SAFE.put(Rule.RENDER_INDEX, "gives a track's segments one index, and sorts the tracks");
    SAFE.put(Rule.DURATION_TOTAL, "sets the length to the end of the last segment");
    SAFE.put(Rule.TRANSITION_TOUCHES, "leaves out transitions to nothing");
    SAFE.put(Rule.TRANSITION_SHORT, "shortens the transition to half of the shorter segment");
    SAFE.put(Rule.ANIMATION_FITS, "shortens the animations to the length of their segment");
    SAFE.put(Rule.FADE_FITS, "shortens the fades to the length of their segment");
    SAFE.put(Rule.KEYFRAME_WITHIN, "cuts the curve at the end of its segment");
    SAFE.put(Rule.KEYFRAME_ORDER, "sorts keyframes by time");
    SAFE.put(Rule.TEXT_RANGES, "scales the styles so that they cover the text");
    SAFE.put(Rule.FILE_EXISTS, "points to the file of the same name in the draft's own folder");
    SAFE.put(Rule.PATH_FORM, "writes paths with forward slashes");
    SAFE.put(Rule.META_READABLE, "makes a new meta file");
    SAFE.put(Rule.META_AGREES, "makes the meta file tell of the draft as it is");
  }

  private DraftRepair() {}

  /** What a repair of a rule does, if there is one that is safe. */
  public static Optional<String> of(Rule rule) {
    return Optional.ofNullable(SAFE.get(rule));
  }

  /** The rules that can be repaired. */
  public static Set<Rule> repairable() {
    return Set.copyOf(SAFE.keySet());
  }

  /**
   * Mends a draft.
   *
   * @param folder of the draft; only looked at
   * @param home where the draft is at home
   * @param rules to look after
   * @return what was changed, in the order in which it was done
   */
  public static List<Change> apply(
      DraftDocument draft, Path folder, Settling.Home home, Set<Rule> rules, Instant now)
      throws IOException {
    Changes changes = new Changes(rules);
    FieldRepairs.apply(draft, changes);
    SegmentRepairs.apply(draft, changes);
    if (changes.wants(Rule.TEXT_RANGES)) {
      Mending.texts(draft)
          .forEach(id ->
              changes.add(
                  Rule.TEXT_RANGES,
                  "/materials/texts",
                  "the styles of \"" + id + "\" are scaled to cover its text"));
    }
    paths(draft, folder, home, changes);
    documents(draft, folder, home, changes, now);
    return changes.all();
  }

  private static void paths(DraftDocument draft, Path folder, Settling.Home home, Changes changes) {
    OwnFiles own = OwnFiles.of(folder, List.of(home.folder()));
    for (String list : List.of("videos", "audios")) {
      int index = 0;
      for (var node : draft.content().path("materials").path(list)) {
        String pointer = "/materials/" + list + "/" + index++ + "/path";
        if (node instanceof ObjectNode material && material.path("path").isString()) {
          path(material, pointer, own, home, changes);
        }
      }
    }
  }

  private static void path(
      ObjectNode material, String pointer, OwnFiles own, Settling.Home home, Changes changes) {
    String path = material.path("path").stringValue();
    String slashed = OwnFiles.slashed(path);
    boolean absolute = slashed.startsWith("/") || slashed.matches("[A-Za-z]:/.*");
    if (changes.wants(Rule.PATH_FORM) && absolute && !slashed.equals(path)) {
      material.put("path", slashed);
      changes.add(Rule.PATH_FORM, pointer, "gets forward slashes");
    }
    String name = slashed.substring(slashed.lastIndexOf('/') + 1);
    boolean here = !name.isEmpty() && own.file(DraftRoot.RESOURCES + "/" + name).isPresent();
    if (changes.wants(Rule.FILE_EXISTS) && here && own.find(slashed).isEmpty()) {
      String found = home.folder() + "/" + DraftRoot.RESOURCES + "/" + name;
      material.put("path", found);
      changes.add(Rule.FILE_EXISTS, pointer, "becomes \"" + found + "\", where the file is");
    }
  }

  private static void documents(
      DraftDocument draft, Path folder, Settling.Home home, Changes changes, Instant now)
      throws IOException {
    long before = draft.durationMicros();
    ObjectNode old = draft.meta().map(ObjectNode::deepCopy).orElse(null);
    boolean makes = old == null && changes.wants(Rule.META_READABLE);
    if (makes || (old != null && changes.wants(Rule.META_AGREES))) {
      Settling.settle(draft, home, now);
      if (makes) {
        changes.addTo(DraftRoot.META, Rule.META_READABLE, "", "is made anew");
      } else if (old != null && differs(old, draft.meta().orElse(old))) {
        changes.addTo(DraftRoot.META, Rule.META_AGREES, "", "tells of the draft as it is");
      } else if (old != null) {
        draft.meta().ifPresent(meta -> meta.set("tm_draft_modified", old.get("tm_draft_modified")));
      }
    } else if (changes.wants(Rule.DURATION_TOTAL)) {
      Settling.settleDuration(draft);
    }
    if (draft.durationMicros() != before) {
      changes.add(Rule.DURATION_TOTAL, "/duration", "becomes " + draft.durationMicros());
    }
    Path content = folder.resolve(DraftRoot.CONTENT);
    Path info = folder.resolve(DraftRoot.INFO);
    boolean equal =
        Files.isRegularFile(content)
            && Files.isRegularFile(info)
            && Arrays.equals(Files.readAllBytes(content), Files.readAllBytes(info));
    if (!equal && changes.wants(Rule.DOCUMENTS_EQUAL)) {
      changes.addTo(
          Files.isRegularFile(content) ? DraftRoot.INFO : DraftRoot.CONTENT,
          Rule.DOCUMENTS_EQUAL,
          "",
          "is written anew");
    }
  }

  /** Whether more than the time of the change differs. */
  private static boolean differs(ObjectNode old, ObjectNode now) {
    ObjectNode one = old.deepCopy();
    ObjectNode two = now.deepCopy();
    one.remove("tm_draft_modified");
    two.remove("tm_draft_modified");
    // As text: a number that was written anew is the same number, and another kind of node.
    return !one.toString().equals(two.toString());
  }
}
