package dev.millrace.apps.crew;

import dev.millrace.app.App;
import dev.millrace.app.AppParts;
import dev.millrace.app.HealthCheck;
import dev.millrace.app.Platform;
import dev.millrace.apps.crew.agents.Agent;
import dev.millrace.apps.crew.agents.Agents;
import dev.millrace.apps.crew.agents.Learned;
import dev.millrace.apps.crew.analysis.Analyzer;
import dev.millrace.apps.crew.analysis.RuleBook;
import dev.millrace.apps.crew.api.AgentEndpoints;
import dev.millrace.apps.crew.api.ArchiveEndpoints;
import dev.millrace.apps.crew.api.BenchEndpoints;
import dev.millrace.apps.crew.api.DecisionEndpoints;
import dev.millrace.apps.crew.api.ExecutionEndpoints;
import dev.millrace.apps.crew.api.GateEndpoints;
import dev.millrace.apps.crew.api.LearningEndpoints;
import dev.millrace.apps.crew.api.LogEndpoints;
import dev.millrace.apps.crew.api.PlanEndpoints;
import dev.millrace.apps.crew.api.Plans;
import dev.millrace.apps.crew.api.RunEndpoints;
import dev.millrace.apps.crew.api.TemplateEndpoints;
import dev.millrace.apps.crew.api.WorkEndpoints;
import dev.millrace.apps.crew.api.WorkspaceEndpoints;
import dev.millrace.apps.crew.bench.Bench;
import dev.millrace.apps.crew.bench.BenchInput;
import dev.millrace.apps.crew.bench.BenchResult;
import dev.millrace.apps.crew.decisions.Decisions;
import dev.millrace.apps.crew.decisions.ImportFolders;
import dev.millrace.apps.crew.decisions.ImportInput;
import dev.millrace.apps.crew.decisions.ImportReport;
import dev.millrace.apps.crew.decisions.Importer;
import dev.millrace.apps.crew.decisions.Recorder;
import dev.millrace.apps.crew.executions.Executions;
import dev.millrace.apps.crew.executions.LearnInput;
import dev.millrace.apps.crew.executions.LearnReport;
import dev.millrace.apps.crew.executions.Learner;
import dev.millrace.apps.crew.plan.Planner;
import dev.millrace.apps.crew.plan.Templates;
import dev.millrace.apps.crew.runs.Checks;
import dev.millrace.apps.crew.runs.OpenWork;
import dev.millrace.apps.crew.runs.RunLog;
import dev.millrace.apps.crew.runs.RunRecorder;
import dev.millrace.apps.crew.runs.RunRequests;
import dev.millrace.apps.crew.runs.RunStream;
import dev.millrace.apps.crew.runs.Runs;
import dev.millrace.apps.crew.work.ExecutorCheck;
import dev.millrace.apps.crew.work.Programs;
import dev.millrace.apps.crew.work.ShellLimits;
import dev.millrace.apps.crew.work.WorkFolders;
import dev.millrace.apps.crew.work.WorkTypes;
import dev.millrace.apps.crew.workspaces.Workspaces;
import dev.millrace.http.Endpoint;
import dev.millrace.outbound.Outbound;
import dev.millrace.outbound.OutboundConfig;
import dev.millrace.outbound.RetryRules;
import dev.millrace.store.Migrations;
import dev.millrace.tasks.TaskType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Plans for many agents out of one request, and the record of decisions. */
public final class CrewApp implements App {
  /** The tables. */
  public static final Migrations MIGRATIONS =
      Migrations.of(
          "crew",
          CrewApp.class,
          "0001_crew",
          "0002_runs",
          "0003_requests",
          "0004_workspaces",
          "0005_learned",
          "0006_gates",
          "0007_log",
          "0008_log_gate");

  /** The stage of agents that the rules say nothing about, by their domain. */
  private static final Map<String, String> STAGES =
      Map.of(
          "business", "design",
          "technical", "implementation",
          "quality", "quality",
          "security", "quality",
          "performance", "quality",
          "infrastructure", "deployment",
          "documentation", "documentation");

  @Override
  public String name() {
    return "crew";
  }

  @Override
  public Class<? extends Record> settings() {
    return CrewSettings.class;
  }

  @Override
  public List<Migrations> migrations() {
    return List.of(MIGRATIONS);
  }

  @Override
  public AppParts open(Platform platform) throws Exception {
    CrewSettings settings = platform.settings().bind(name(), CrewSettings.class);
    Supplier<RuleBook> book = book(settings);
    Analyzer analyzer = new Analyzer(book);
    Agents agents = new Agents(platform.store(), book);
    Templates templates = new Templates(platform.store());
    Executions executions =
        new Executions(platform.store(), platform.journal(), agents, analyzer, platform.clock());
    Checks checks = new Checks(platform.store());
    Workspaces workspaces = new Workspaces(platform.store(), platform.clock());
    Planner planner =
        new Planner(
            analyzer,
            role -> stage(role, book.get(), agents),
            executions::history,
            checks::history,
            role -> hours(role, agents));
    Recorder recorder = new Recorder(platform.store(), platform.journal(), platform.clock());
    Decisions decisions =
        new Decisions(platform.store(), platform.journal(), recorder, platform.clock());
    Outbound outbound = outbound(settings.http(), platform);
    Programs programs = new Programs(settings.shell().programs(), settings.shell().path());
    ExecutorCheck check =
        new ExecutorCheck(programs, type -> platform.tasks().types().contains(type));
    WorkTypes work = workTypes(settings, platform, programs, outbound);
    RunRecorder runRecorder = new RunRecorder(platform.store(), recorder, decisions, executions);
    Runs runs =
        new Runs(
            platform.tasks(),
            agents,
            check,
            runRecorder,
            new RunRequests(platform.store()),
            checks,
            workspaces,
            settings.personTimeLimit());
    List<TaskType<?, ?>> ofRuns = runs.listenTo(platform.journal(), platform.clock());
    Plans plans = new Plans(planner, templates);
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(new PlanEndpoints(plans).all());
    endpoints.addAll(new RunEndpoints(plans, runs, new RunStream(runs, platform.journal())).all());
    endpoints.addAll(new LogEndpoints(new RunLog(platform.store())).all());
    Bench bench = new Bench(platform.store(), plans::plan, platform.clock(), System::nanoTime);
    TaskType<BenchInput, BenchResult> benching = bench.type();
    platform.tasks().defaultConcurrency(Bench.QUEUE, 1);
    endpoints.addAll(new BenchEndpoints(bench, plans, platform.tasks(), benching).all());
    endpoints.addAll(new WorkspaceEndpoints(workspaces).all());
    endpoints.addAll(new WorkEndpoints(new OpenWork(platform.tasks())).all());
    endpoints.addAll(new TemplateEndpoints(templates, agents).all());
    endpoints.addAll(new AgentEndpoints(agents, analyzer, check).all());
    TaskType<LearnInput, LearnReport> learning =
        new Learner(executions, agents, platform.clock()).type();
    endpoints.addAll(new LearningEndpoints(platform.tasks(), learning).all());
    endpoints.addAll(new GateEndpoints(checks, platform.clock()).all());
    endpoints.addAll(new DecisionEndpoints(recorder, decisions).all());
    ImportFolders folders =
        new ImportFolders(platform.folder().resolve("imports"), settings.importFolders());
    TaskType<ImportInput, ImportReport> importing =
        new Importer(
                platform.store(),
                recorder,
                folders,
                platform.folder().resolve("backups"),
                platform.clock())
            .type();
    endpoints.addAll(
        new ArchiveEndpoints(recorder, decisions, platform.tasks(), importing, folders).all());
    endpoints.addAll(new ExecutionEndpoints(executions, plans, platform.clock()).all());
    List<TaskType<?, ?>> types = new ArrayList<>(List.of(importing, learning, benching));
    types.addAll(ofRuns);
    types.addAll(work.all());
    return new AppParts(
        types,
        endpoints,
        Optional.empty(),
        HealthCheck.ALWAYS_OK,
        () -> {
          decisions.close();
          outbound.close();
        });
  }

  private static WorkTypes workTypes(
      CrewSettings settings, Platform platform, Programs programs, Outbound outbound) {
    CrewSettings.Shell shell = settings.shell();
    platform.tasks().defaultConcurrency(WorkTypes.SHELL_QUEUE, shell.concurrency());
    return new WorkTypes(
        programs,
        new WorkFolders(platform.folder().resolve("work")),
        new ShellLimits(
            shell.path(),
            shell.environment(),
            Math.toIntExact(shell.keptOutput().bytes()),
            shell.mostOutput().bytes()),
        outbound.web(),
        settings.retryPause());
  }

  private static Outbound outbound(CrewSettings.Http settings, Platform platform) {
    OutboundConfig config =
        OutboundConfig.defaults()
            .withAllowPrivateAddresses(settings.allowPrivateAddresses())
            .withAllowedNetworks(settings.allowedNetworks())
            // A failed call is tried again as a task, and seen there.
            .withRetries(
                new RetryRules(
                    1, RetryRules.defaults().firstWait(), RetryRules.defaults().maxWait()));
    return Outbound.builder(config, platform.folder().resolve("outbound"))
        .clock(platform.clock())
        .build();
  }

  /** A file of the user's is read at once, so that its mistakes are told at the start. */
  private static Supplier<RuleBook> book(CrewSettings settings) {
    if (settings.rules().isBlank()) {
      return RuleBook::shipped;
    }
    RuleBook own = RuleBook.with(Path.of(settings.rules().strip()));
    return () -> own;
  }

  /** How long the work of an agent takes, to a tenth of a second. */
  private static Optional<Double> hours(String role, Agents agents) {
    return agents
        .find(role)
        .map(Agent::learned)
        .map(Learned::meanSeconds)
        .map(seconds -> Math.round(seconds / 0.36) / 10_000.0);
  }

  private static Optional<String> stage(String role, RuleBook book, Agents agents) {
    return book.stageOf(role)
        .or(() -> agents.find(role).map(agent -> STAGES.getOrDefault(agent.domain(), "")));
  }
}
