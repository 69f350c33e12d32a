package dev.millrace.apps.draft.command;

import dev.millrace.app.AppCommand;
import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Finding;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.edit.LocalRepair;
import dev.millrace.apps.draft.edit.RefusedException;
import dev.millrace.apps.draft.edit.Repaired;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.repair.Change;
import dev.millrace.apps.draft.repair.DraftRepair;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code check FOLDER}: says what is wrong with a draft, and mends it if asked to. The status is 0
 * if there is no error, 1 if there are some, 2 if the command line is wrong or the folder holds no
 * draft.
 */
public final class CheckCommand implements AppCommand {
  private static final Set<String> OPTIONS = Set.of("--repair", "--dry-run", "--json");

  private final InstantSource clock;

  public CheckCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String usage() {
    return "check FOLDER [--repair [--dry-run]] [--json]";
  }

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream error)
      throws IOException, InterruptedException {
    List<String> folders = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("--") && !OPTIONS.contains(argument)) {
        error.println("millrace: there is no option '" + argument + "'");
        return USAGE;
      }
      if (!argument.startsWith("--")) {
        folders.add(argument);
      }
    }
    if (folders.size() != 1) {
      error.println("millrace: name one folder of a draft, not " + folders.size());
      return USAGE;
    }
    Path folder = folder(folders.getFirst());
    if (folder == null) {
      error.println(
          "millrace: '"
              + folders.getFirst()
              + "' is no folder with "
              + DraftRoot.CONTENT
              + " or "
              + DraftRoot.INFO
              + " in it; name the folder of a draft");
      return USAGE;
    }
    return check(folder, arguments, out, error);
  }

  private static @Nullable Path folder(String named) {
    try {
      Path folder = Path.of(named).toAbsolutePath().normalize();
      boolean draft =
          Files.isRegularFile(folder.resolve(DraftRoot.CONTENT))
              || Files.isRegularFile(folder.resolve(DraftRoot.INFO));
      return draft ? folder : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private int check(Path folder, List<String> options, PrintStream out, PrintStream error)
      throws IOException, InterruptedException {
    boolean dryRun = options.contains("--dry-run");
    List<Change> changes = List.of();
    List<Finding> findings;
    String copy = null;
    if (options.contains("--repair")) {
      try {
        Repaired repaired = LocalRepair.repair(folder, dryRun, clock);
        changes = repaired.changes();
        findings = repaired.after();
        copy = repaired.oldContent();
      } catch (RefusedException e) {
        error.println("millrace: " + e.getMessage());
        return FAILED;
      }
    } else {
      findings = DraftChecker.check(folder);
    }
    if (options.contains("--json")) {
      out.println(json(changes, findings, dryRun));
    } else {
      changes.forEach(change -> out.println(line(change, dryRun)));
      if (copy != null) {
        out.println("the old document is kept as " + copy);
      }
      findings.forEach(finding -> out.println(line(finding)));
      out.println(summary(findings));
    }
    return errors(findings) == 0 ? OK : FAILED;
  }

  private static long errors(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.rule().severity() == Rule.Severity.ERROR)
        .count();
  }

  private static String summary(List<Finding> findings) {
    long errors = errors(findings);
    long mendable =
        findings.stream().filter(finding -> DraftRepair.of(finding.rule()).isPresent()).count();
    return errors
        + " errors, "
        + (findings.size() - errors)
        + " warnings"
        + (mendable > 0 ? "; --repair can look after " + mendable : "");
  }

  private static String line(Change change, boolean dryRun) {
    return "%-8s %-22s %s%s %s"
        .formatted(
            dryRun ? "would" : "mended",
            change.rule().word(),
            change.file(),
            change.pointer(),
            change.what());
  }

  private static String line(Finding finding) {
    return "%-8s %-22s %s%s %s%n%31s %s"
        .formatted(
            severity(finding),
            finding.rule().word(),
            finding.file(),
            finding.pointer(),
            finding.detail(),
            "",
            finding.rule().explanation());
  }

  private static String severity(Finding finding) {
    return finding.rule().severity().name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode json(List<Change> changes, List<Finding> findings, boolean dryRun) {
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("valid", errors(findings) == 0).put("dryRun", dryRun);
    ArrayNode changed = answer.putArray("changes");
    for (Change change : changes) {
      changed
          .addObject()
          .put("rule", change.rule().word())
          .put("file", change.file())
          .put("pointer", change.pointer())
          .put("what", change.what());
    }
    ArrayNode found = answer.putArray("findings");
    for (Finding finding : findings) {
      found
          .addObject()
          .put("rule", finding.rule().word())
          .put("severity", severity(finding))
          .put("file", finding.file())
          .put("pointer", finding.pointer())
          .put("detail", finding.detail())
          .put("explanation", finding.rule().explanation());
    }
    return answer;
  }
}
