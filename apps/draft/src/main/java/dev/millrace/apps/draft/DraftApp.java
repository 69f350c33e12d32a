package dev.millrace.apps.draft;

import dev.millrace.app.App;
import dev.millrace.app.AppCommand;
import dev.millrace.app.AppParts;
import dev.millrace.app.ConsoleEntry;
import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import dev.millrace.app.Platform;
import dev.millrace.apps.draft.api.AgainEndpoints;
import dev.millrace.apps.draft.api.BatchEndpoints;
import dev.millrace.apps.draft.api.CatalogEndpoints;
import dev.millrace.apps.draft.api.CheckEndpoints;
import dev.millrace.apps.draft.api.CleanupEndpoint;
import dev.millrace.apps.draft.api.DownloadEndpoints;
import dev.millrace.apps.draft.api.DraftEndpoints;
import dev.millrace.apps.draft.api.FolderEndpoints;
import dev.millrace.apps.draft.api.GenerationEndpoints;
import dev.millrace.apps.draft.api.RuleGroupEndpoints;
import dev.millrace.apps.draft.api.StatisticsEndpoint;
import dev.millrace.apps.draft.api.Submission;
import dev.millrace.apps.draft.api.TemplateEndpoints;
import dev.millrace.apps.draft.build.BuildInput;
import dev.millrace.apps.draft.build.BuildOutput;
import dev.millrace.apps.draft.build.BuildParts;
import dev.millrace.apps.draft.build.DraftBuilder;
import dev.millrace.apps.draft.build.LiveBuilds;
import dev.millrace.apps.draft.build.StoredRules;
import dev.millrace.apps.draft.build.Workplace;
import dev.millrace.apps.draft.catalogue.Catalogue;
import dev.millrace.apps.draft.command.CheckCommand;
import dev.millrace.apps.draft.edit.Adoption;
import dev.millrace.apps.draft.edit.DraftEditor;
import dev.millrace.apps.draft.edit.DraftImport;
import dev.millrace.apps.draft.edit.EditParts;
import dev.millrace.apps.draft.extension.Extensions;
import dev.millrace.apps.draft.extension.TypedReader;
import dev.millrace.apps.draft.folder.ArchiveLimits;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.EditorPaths;
import dev.millrace.apps.draft.media.Ffprobe;
import dev.millrace.apps.draft.media.MediaProbe;
import dev.millrace.apps.draft.recipe.RecipeReader;
import dev.millrace.apps.draft.records.BatchRecords;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.GenerationRecords;
import dev.millrace.apps.draft.records.Pauses;
import dev.millrace.apps.draft.records.RuleGroups;
import dev.millrace.apps.draft.records.Statistics;
import dev.millrace.apps.draft.upkeep.Cleanup;
import dev.millrace.apps.draft.upkeep.CleanupInput;
import dev.millrace.apps.draft.upkeep.CleanupOutput;
import dev.millrace.outbound.Outbound;
import dev.millrace.outbound.OutboundException;
import dev.millrace.outbound.groups.DownloadGroups;
import dev.millrace.store.Finding;
import dev.millrace.store.Migrations;
import dev.millrace.tasks.RetryPolicy;
import dev.millrace.tasks.Schedule;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The draft server: recipes in, folders that open in JianYing out. */
public final class DraftApp implements App {
  /** The queue of the tasks that build drafts. */
  public static final String QUEUE = "draft";

  private static final Logger log = LoggerFactory.getLogger(DraftApp.class);

  private static final Duration FFPROBE_LIMIT = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "draft";
  }

  @Override
  public Class<? extends Record> settings() {
    return DraftSettings.class;
  }

  @Override
  public List<Migrations> migrations() {
    return List.of(DraftRecords.MIGRATIONS);
  }

  @Override
  public List<AppCommand> commands() {
    return List.of(new CheckCommand(InstantSource.system()));
  }

  @Override
  public AppParts open(Platform platform) throws IOException {
    DraftSettings settings = platform.settings().bind(name(), DraftSettings.class);
    Catalogue catalogue = catalogue(settings);
    Path folder = platform.folder();
    DraftRoot root = new DraftRoot(rootFolder(settings, folder));
    Workplace workplace = new Workplace(folder.resolve("downloads"));
    DraftRecords records = new DraftRecords(platform.store());
    tidy(root, workplace, records, platform.clock().instant(), settings.keep().failedDownloads());
    Outbound outbound = DownloadSetup.outbound(settings.downloads(), platform);
    Extensions extensions = Extensions.load(folder.resolve("extensions"));
    TypedReader reader =
        new TypedReader(
            new RecipeReader(() -> catalogue, link -> refusal(outbound, link)),
            extensions.materialTypes());
    LiveBuilds builds = new LiveBuilds();
    Adoption adoption = new Adoption(root, records, System::nanoTime);
    Pauses pauses = new Pauses(platform.store());
    RuleGroups ruleGroups = new RuleGroups(platform.store());
    StoredRules rules = new StoredRules(ruleGroups);
    GenerationRecords generations = new GenerationRecords(platform.store());
    BatchRecords batches = new BatchRecords(platform.store(), records);
    DownloadGroups downloads =
        DownloadSetup.groups(
            settings.downloads(), outbound, extensions.engines(), folder.resolve("engine"));
    TaskType<BuildInput, BuildOutput> type =
        TaskType.io(
                "draft.build",
                BuildInput.class,
                BuildOutput.class,
                new BuildParts(
                        records,
                        pauses,
                        generations,
                        rules,
                        batches,
                        reader,
                        downloads,
                        probe(settings),
                        workplace,
                        root,
                        EditorPaths.of(root.path(), settings.materialPathPrefix()),
                        builds,
                        task -> isGivenUp(platform, task),
                        platform.clock())
                    .builder())
            .withQueue(QUEUE)
            .withRetry(RetryPolicy.defaults().withAttempts(DraftBuilder.ATTEMPTS))
            .withTimeLimit(settings.taskTimeLimit());
    platform.tasks().defaultConcurrency(QUEUE, settings.active());
    Submission submission =
        new Submission(
            platform.store(),
            platform.tasks(),
            records,
            reader,
            rules,
            type,
            platform.clock(),
            ZoneId.systemDefault());
    DraftEndpoints endpoints =
        new DraftEndpoints(platform.tasks(), records, root, builds, submission, adoption);
    TaskType<CleanupInput, CleanupOutput> cleanup =
        TaskType.io(
            "draft.cleanup",
            CleanupInput.class,
            CleanupOutput.class,
            new Cleanup(
                platform.tasks(),
                records,
                generations,
                batches,
                root,
                workplace,
                outbound.downloads(),
                rules(settings.keep()),
                platform.clock()));
    platform.tasks().schedules().declare("draft", List.of(cleanupSchedule(settings.keep())));
    DraftEditor editor = editor(settings, platform, root, outbound, adoption);
    return new AppParts(
        List.of(type, cleanup),
        Stream.of(
                endpoints.all(),
                new CatalogEndpoints(catalogue).all(),
                new DownloadEndpoints(platform.tasks(), records, pauses, downloads).all(),
                new RuleGroupEndpoints(ruleGroups, reader, platform.clock()).all(),
                new GenerationEndpoints(generations, records, root).all(),
                new AgainEndpoints(
                        platform.tasks(),
                        records,
                        generations,
                        submission,
                        downloads,
                        workplace,
                        outbound)
                    .all(),
                new BatchEndpoints(platform.tasks(), batches, submission, platform.clock()).all(),
                List.of(
                    new CleanupEndpoint(platform.tasks(), cleanup).endpoint(),
                    new StatisticsEndpoint(new Statistics(platform.store()), platform.clock())
                        .endpoint()),
                new TemplateEndpoints(editor).all(),
                new CheckEndpoints(editor).all(),
                new FolderEndpoints(editor, new DraftImport(editor, ArchiveLimits.USUAL)).all())
            .flatMap(List::stream)
            .toList(),
        Optional.of(new ConsoleEntry("/drafts", "Drafts", "草稿")),
        health(root),
        () -> {
          downloads.engine().close();
          outbound.close();
          extensions.close();
        });
  }

  private static Cleanup.Rules rules(DraftSettings.Keep keep) {
    return new Cleanup.Rules(keep.drafts(), keep.failedDownloads(), keep.records(), keep.cache());
  }

  private static Schedule cleanupSchedule(DraftSettings.Keep keep) {
    try {
      return Schedule.of(
          "draft.cleanup",
          "draft.cleanup",
          JsonMapper.shared().createObjectNode().put("dryRun", false),
          Schedule.cron(keep.cleanup().strip()));
    } catch (TaskException e) {
      throw new IllegalArgumentException("draft.keep.cleanup: " + e.getMessage(), e);
    }
  }

  private static DraftEditor editor(
      DraftSettings settings,
      Platform platform,
      DraftRoot root,
      Outbound outbound,
      Adoption adoption)
      throws IOException {
    Path work = platform.folder().resolve("edits");
    DraftRoot.delete(work); // What a process that was killed left.
    return new DraftEditor(
        new EditParts(
            root,
            EditorPaths.of(root.path(), settings.materialPathPrefix()),
            outbound.downloads(),
            probe(settings),
            adoption,
            Files.createDirectories(work),
            platform.clock(),
            ZoneId.systemDefault()));
  }

  private static Path rootFolder(DraftSettings settings, Path folder) {
    return settings.root().isBlank() ? folder.resolve("drafts") : Path.of(settings.root().strip());
  }

  private static Catalogue catalogue(DraftSettings settings) {
    String file = settings.catalogue().strip();
    try {
      return file.isEmpty() ? Catalogue.shipped() : Catalogue.shipped().with(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("draft.catalogue: " + e.getMessage(), e);
    }
  }

  /** Removes what a process that was killed left unfinished and nobody will come back for. */
  private static void tidy(
      DraftRoot root, Workplace workplace, DraftRecords records, Instant now, Duration keepFailed)
      throws IOException {
    int folders = root.removeUnfinished();
    Set<String> wanted = new HashSet<>(records.openNames());
    wanted.addAll(records.failedSince(now.minus(keepFailed)));
    int downloads = workplace.keepOnly(wanted);
    if (folders + downloads > 0) {
      log.info(
          "removed {} unfinished drafts and the downloads of {} that are over", folders, downloads);
    }
  }

  private static Optional<String> refusal(Outbound outbound, URI link) {
    return outbound
        .guard()
        .problem(link.toString())
        .map(OutboundException::getMessage)
        .map(why -> "is refused: " + why);
  }

  private static MediaProbe probe(DraftSettings settings) {
    if (settings.ffprobe().isBlank()) {
      return MediaProbe.builtIn();
    }
    Path program = Path.of(settings.ffprobe().strip());
    if (!Files.isExecutable(program)) {
      throw new IllegalArgumentException(
          "draft.ffprobe: '" + program + "' cannot be run; give the path of ffprobe, or nothing");
    }
    return MediaProbe.with(new Ffprobe(program, FFPROBE_LIMIT));
  }

  private static boolean isGivenUp(Platform platform, TaskId task) {
    return platform.tasks().find(task).map(TaskView::cancelling).orElse(true);
  }

  private static HealthCheck health(DraftRoot root) {
    return () ->
        Files.isDirectory(root.path()) && Files.isWritable(root.path())
            ? PartHealth.ok(found("draft-folder", root, "drafts are written to " + root.path()))
            : PartHealth.failed(
                found(
                    "draft-folder-unwritable",
                    root,
                    "the folder "
                        + root.path()
                        + " cannot be written; mend its rights or draft.root"));
  }

  private static Finding found(String code, DraftRoot root, String text) {
    return new Finding(code, Map.of("folder", root.path().toString()), text);
  }
}
