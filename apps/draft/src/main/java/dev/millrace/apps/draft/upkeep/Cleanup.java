package dev.millrace.apps.draft.upkeep;

import dev.millrace.apps.draft.build.Workplace;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.records.BatchRecords;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.DraftRow;
import dev.millrace.apps.draft.records.DraftState;
import dev.millrace.apps.draft.records.Generation;
import dev.millrace.apps.draft.records.GenerationRecords;
import dev.millrace.outbound.Downloads;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskHandler;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes finished drafts, downloads, records and cached files that have been kept long enough.
 * Thread-safe. A run that is killed is repeated: each thing is removed by itself, a draft by one
 * rename first, so that there is never half a draft.
 */
public final class Cleanup implements TaskHandler<CleanupInput, CleanupOutput> {
  /** How long things are kept where a run does not say; zero for ever. */
  public record Rules(Duration drafts, Duration downloads, Duration records, Duration cache) {}

  private static final int PAGE = 200;
  private static final int MOST_NAMES = 1_000;
  private static final Duration LONGEST_PENDING = Duration.ofDays(1);

  private final Tasks tasks;
  private final DraftRecords drafts;
  private final GenerationRecords generations;
  private final BatchRecords batches;
  private final DraftRoot root;
  private final Workplace workplace;
  private final Downloads downloads;
  private final Rules rules;
  private final InstantSource clock;

  public Cleanup(
      Tasks tasks,
      DraftRecords drafts,
      GenerationRecords generations,
      BatchRecords batches,
      DraftRoot root,
      Workplace workplace,
      Downloads downloads,
      Rules rules,
      InstantSource clock) {
    this.tasks = tasks;
    this.drafts = drafts;
    this.generations = generations;
    this.batches = batches;
    this.root = root;
    this.workplace = workplace;
    this.downloads = downloads;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public CleanupOutput run(Run run, CleanupInput input) throws IOException {
    Instant now = clock.instant();
    boolean dry = input.dryRun();
    int settled = dry ? 0 : settle(now);
    if (!dry) {
      batches.dropPendingBefore(now.minus(LONGEST_PENDING));
    }
    Gone gone = new Gone();
    Instant draftsBefore = before(now, input.drafts(), rules.drafts());
    if (draftsBefore != null) {
      removeDrafts(run, draftsBefore, dry, gone);
    }
    Gone loaded = removeDownloads(now, before(now, input.downloads(), rules.downloads()), dry);
    Instant recordsBefore = before(now, input.records(), rules.records());
    int records = recordsBefore == null ? 0 : removeRecords(run, recordsBefore, dry);
    Instant cacheBefore = before(now, input.cache(), rules.cache());
    Downloads.Dropped cached =
        cacheBefore == null ? new Downloads.Dropped(0, 0) : downloads.dropUnused(cacheBefore, dry);
    return new CleanupOutput(
        dry,
        settled,
        gone.count,
        gone.bytes,
        loaded.count,
        loaded.bytes,
        records,
        cached.files(),
        cached.bytes(),
        gone.skipped,
        gone.names);
  }

  /** What was removed so far. */
  private static final class Gone {
    int count;
    long bytes;
    int skipped;
    final List<String> names = new ArrayList<>();
  }

  private static @Nullable Instant before(Instant now, @Nullable Duration wanted, Duration usual) {
    Duration kept = wanted == null ? usual : wanted;
    return kept.isZero() ? null : now.minus(kept);
  }

  /** A task that is cancelled while it waits, or whose history is gone, never says it is over. */
  private int settle(Instant now) throws IOException {
    int settled = 0;
    for (String name : drafts.openNames()) {
      DraftRow row = drafts.find(name).orElse(null);
      if (row == null) {
        continue;
      }
      Optional<TaskView> task = tasks.find(row.task());
      TaskState state = task.map(TaskView::state).orElse(TaskState.DEAD);
      if (state == TaskState.CANCELLED) {
        drafts.ended(row.task(), DraftState.CANCELLED, now, List.of());
      } else if (state == TaskState.DEAD) {
        String why = task.map(TaskView::error).orElse("its task is gone");
        drafts.ended(
            row.task(), DraftState.FAILED, now, List.of(new Fault("", "task-failed", why)));
      } else {
        continue;
      }
      workplace.clear(name);
      settled++;
    }
    return settled;
  }

  private void removeDrafts(Run run, Instant before, boolean dry, Gone gone) throws IOException {
    long last = Long.MAX_VALUE;
    while (!run.cancelled()) {
      List<DraftRow> page = drafts.endedBefore(before, last, PAGE);
      if (page.isEmpty()) {
        return;
      }
      for (DraftRow row : page) {
        last = row.task().key();
        Optional<Path> folder = root.find(row.name());
        long bytes = folder.isPresent() ? bytes(folder.get()) : 0;
        boolean inUse =
            folder.isPresent()
                && (changedSince(folder.get(), before)
                    || (dry ? root.isHeld(row.name()) : !root.remove(row.name())));
        if (inUse) {
          gone.skipped++;
          continue;
        }
        if (!dry) {
          drafts.forget(row.task());
        }
        gone.count++;
        gone.bytes += bytes;
        if (gone.names.size() < MOST_NAMES) {
          gone.names.add(row.name());
        }
      }
      run.progress(gone.count, 0, "removing drafts");
    }
  }

  /** Somebody who edits a draft in place keeps it. */
  private static boolean changedSince(Path folder, Instant moment) throws IOException {
    for (String name : List.of(DraftRoot.CONTENT, DraftRoot.INFO, DraftRoot.META)) {
      Path file = folder.resolve(name);
      if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isAfter(moment)) {
        return true;
      }
    }
    return false;
  }

  private Gone removeDownloads(Instant now, @Nullable Instant before, boolean dry)
      throws IOException {
    Set<String> wanted = new HashSet<>(drafts.openNames());
    wanted.addAll(drafts.failedSince(before == null ? Instant.EPOCH : before));
    Gone gone = new Gone();
    for (Path folder : workplace.folders()) {
      String name = folder.getFileName().toString();
      // A draft that came after the list was made is open.
      boolean needed =
          wanted.contains(name)
              || drafts.find(name).map(row -> row.ended() == null).orElse(false)
              || changedWithin(folder, now);
      if (!needed) {
        gone.count++;
        gone.bytes += bytes(folder);
        if (!dry) {
          workplace.clear(name);
        }
      }
    }
    return gone;
  }

  /** Nobody has said yet whose it is. */
  private static boolean changedWithin(Path folder, Instant now) throws IOException {
    return Files.getLastModifiedTime(folder).toInstant().isAfter(now.minusSeconds(60));
  }

  private int removeRecords(Run run, Instant before, boolean dry) {
    int removed = 0;
    long last = Long.MAX_VALUE;
    while (!run.cancelled()) {
      List<Generation> page = generations.withoutDraft(before, last, PAGE);
      if (page.isEmpty()) {
        return removed;
      }
      for (Generation made : page) {
        last = made.task().key();
        removed += dry || generations.delete(made.task()) ? 1 : 0;
      }
    }
    return removed;
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.toList()) {
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        bytes += attributes.isRegularFile() ? attributes.size() : 0;
      }
    }
    return bytes;
  }
}
