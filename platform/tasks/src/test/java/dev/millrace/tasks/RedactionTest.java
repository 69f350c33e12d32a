package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.schedule.Misfire;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.tasks.workflow.WorkflowException;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RedactionTest {
  private static final String PASSWORD = "hunter2-marker";
  private static final String CARD = "4111-marker";

  record Card(String number, String owner) {}

  record Login(String user, String password, Card card, List<Card> others) {}

  record Opened(String accessToken, String user) {}

  @TempDir Path folder;

  private static final Login LOGIN =
      new Login("ada", PASSWORD, new Card(CARD, "Ada"), List.of(new Card(CARD + "-2", "Bo")));

  private static JsonNode json(Object value) {
    return Json.MAPPER.valueToTree(value);
  }

  private static TaskType<Login, Opened> login(List<Login> seen, boolean fails) {
    return TaskType.io(
            "login",
            Login.class,
            Opened.class,
            (run, input) -> {
              seen.add(input);
              Opened opened =
                  run.step("open", Opened.class, () -> new Opened(PASSWORD + "!", input.user()));
              run.log(LogLine.Level.INFO, "logging in with " + input.password() + " for ada");
              run.log(LogLine.Level.INFO, "header Authorization: Bearer abc.def, api_key=k1 done");
              run.progress(1, 2, "card " + input.card().number());
              if (fails) {
                throw new IllegalStateException("refused " + input.password() + " of ada");
              }
              return opened;
            })
        .withHidden("/card/number", "/others/*/number")
        .withRetry(RetryPolicy.defaults().withAttempts(1));
  }

  private static void assertClean(Object shown) {
    assertThat(String.valueOf(shown)).doesNotContain("marker");
  }

  @Test
  void nobodyIsShownHiddenFieldsAndTheHandlerGetsThem() throws Exception {
    var seen = new ArrayList<Login>();
    try (var site = new Site(folder).start(login(seen, false));
        TaskWatch watch = site.tasks.watch(TaskFilter.all())) {
      TaskId id = site.tasks.submit(login(seen, false), LOGIN).id();
      TaskView done = site.awaitEnd(id);
      assertThat(seen).containsExactly(LOGIN);

      JsonNode input = done.input();
      assertThat(input.at("/password").asString()).isEqualTo("•••");
      assertThat(input.at("/card/number").asString()).isEqualTo("•••");
      assertThat(input.at("/others/0/number").asString()).isEqualTo("•••");
      assertThat(input.at("/card/owner").asString()).isEqualTo("Ada");
      assertThat(input.at("/user").asString()).isEqualTo("ada");
      assertThat(done.output().at("/accessToken").asString()).isEqualTo("•••");
      assertClean(done);
      assertClean(json(done));
      Trail trail = site.tasks.trail(id).orElseThrow();
      assertClean(json(trail));
      assertThat(trail.steps().getFirst().result().at("/user").asString()).isEqualTo("ada");
      assertThat(trail.log().get(0).text()).isEqualTo("logging in with ••• for ada");
      assertThat(trail.log().get(1).text())
          .isEqualTo("header Authorization: Bearer •••, api_key=••• done");
      assertClean(site.tasks.list(TaskFilter.all(), 10, null));
      assertClean(watch.take(Signal.LIMIT));
      assertThat(site.tasks.result(login(seen, false), id))
          .hasValue(new Opened(PASSWORD + "!", "ada"));
    }
  }

  @Test
  void errorsAndTheirTracesDoNotTellThem() throws Exception {
    var seen = new ArrayList<Login>();
    try (var site = new Site(folder).start(login(seen, true))) {
      TaskId id = site.tasks.submit(login(seen, true), LOGIN).id();
      TaskView dead = site.awaitEnd(id);
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.error()).contains("refused ••• of ada");
      assertClean(dead);
      assertClean(json(site.tasks.trail(id).orElseThrow()));
      long told =
          site.store.<Long, RuntimeException>read(view ->
              view.number(
                  "SELECT count(*) FROM tasks_done_"
                      + view.number("SELECT max(day) FROM task_buckets")
                      + " WHERE error LIKE '%marker%' OR trail LIKE '%refused hunter%'"));
      assertThat(told).isZero();
    }
  }

  @Test
  void refusalsOfAnInputDoNotTellThem() {
    record Pin(int password, String other) {}
    var type = TaskType.io("pin", Pin.class, Pin.class, (_, pin) -> pin);
    try (var site = new Site(folder).start(type)) {
      JsonNode wrong = Json.MAPPER.readTree("{\"password\":\"" + PASSWORD + "\"}");
      assertThatThrownBy(() -> site.tasks.submitJson("pin", wrong, SubmitOptions.defaults()))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("input/password")
          .hasMessageNotContaining("marker");
      JsonNode shown = Json.MAPPER.readTree("{\"password\":\"•••\",\"other\":\"x\"}");
      assertThatThrownBy(() -> site.tasks.submitJson("pin", shown, SubmitOptions.defaults()))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("input/password")
          .hasMessageContaining("hidden");
    }
  }

  @Test
  void schedulesKeepWhatIsGivenBackAsItWasShown() {
    var type = login(new ArrayList<>(), false);
    try (var site = new Site(folder).start(type)) {
      Schedule schedule = Schedule.of("s", "login", json(LOGIN), Schedule.cron("0 7 * * *"));
      assertClean(site.tasks.schedules().create(schedule));
      Schedule shown = site.tasks.schedules().find("s").orElseThrow().schedule();
      assertClean(shown);
      assertClean(site.tasks.schedules().list(10, null));
      assertClean(site.tasks.schedules().replace(shown.withMisfire(Misfire.SKIP)));
      String stored =
          site.store.<String, RuntimeException>read(view ->
              view.find("SELECT definition FROM task_schedules", row -> row.getString(1))
                  .orElseThrow());
      assertThat(stored).contains(PASSWORD).contains(CARD);
    }
  }

  @Test
  void runsOfWorkflowsDoNotTellThem() throws Exception {
    var type = login(new ArrayList<>(), false);
    try (var site = new Site(folder).start(type)) {
      var _ =
          site.tasks
              .workflows()
              .define(
                  Workflow.of(
                      "flow",
                      Stage.parallel(
                          "one",
                          StageTask.of("in", "login", Json.MAPPER.readTree("\"{{input}}\"")))));
      TaskId run = site.tasks.workflows().start("flow", json(LOGIN), SubmitOptions.defaults()).id();
      site.awaitEnd(run);
      WorkflowRun view = site.tasks.workflows().find(run).orElseThrow();
      assertThat(view.input().at("/password").asString()).isEqualTo("•••");
      assertThat(view.stages().get("one").tasks().get("in").output().at("/accessToken").asString())
          .isEqualTo("•••");
    }
  }

  @Test
  void definitionsDoNotTellThemAndKeepThemWhenGivenBack() throws Exception {
    var type = login(new ArrayList<>(), false);
    try (var site = new Site(folder).start(type)) {
      Workflows workflows = site.tasks.workflows();
      StageTask task = StageTask.of("in", "login", json(LOGIN));
      Workflow flow =
          Workflow.of("flow", Stage.parallel("one", task.withFallback("login", json(LOGIN))));
      Workflow shown = workflows.define(flow).workflow();
      assertClean(json(shown));
      assertClean(json(workflows.definition("flow").orElseThrow().workflow()));
      assertClean(json(workflows.definition("flow", 1).orElseThrow().workflow()));
      assertClean(json(workflows.definitions()));
      assertThat(shown.stages().getFirst().tasks().getFirst().input().at("/user").asString())
          .isEqualTo("ada");

      assertThat(workflows.define(shown).version()).as("nothing has changed").isEqualTo(1);
      TaskId run = workflows.start("flow", json("x"), SubmitOptions.defaults()).id();
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      TaskId child =
          site.tasks.list(TaskFilter.all().withType("login"), 1, null).items().getFirst().id();
      assertThat(site.tasks.storedInput(child).orElseThrow()).contains(PASSWORD).contains(CARD);

      Workflow elsewhere =
          Workflow.of(
              "flow", Stage.parallel("other", shown.stages().getFirst().tasks().getFirst()));
      assertThatThrownBy(() -> workflows.define(elsewhere))
          .isInstanceOf(WorkflowException.class)
          .hasMessageContaining("/stages/0/tasks/0/input/password");
    }
  }

  /** Whoever guesses a hidden value must not be told that they are right, on no way. */
  @Test
  void noSearchConfirmsAGuess() throws Exception {
    TaskType<Login, Opened> type = login(new ArrayList<>(), false);
    TaskFilter all = TaskFilter.all();
    try (var site = new Site(folder)) {
      TaskType<Login, Opened> held =
          TaskType.io(
              "held",
              Login.class,
              Opened.class,
              (_, login) -> {
                site.gate.await();
                return new Opened("", login.user());
              });
      site.start(type, held);
      SubmitOptions tagged = SubmitOptions.defaults().withTags("t");
      site.awaitEnd(site.tasks.submit(type, LOGIN, tagged).id());
      var _ = site.tasks.submit(type, LOGIN, tagged.withDelay(Duration.ofDays(1)));
      TaskId running = site.tasks.submit(held, LOGIN, tagged).id();
      site.awaitState(running, TaskState.RUNNING);

      List<TaskFilter> ways =
          List.of(all, all.withTag("t"), all.withType("login"), all.withStates(TaskState.RUNNING));
      for (TaskFilter way : ways) {
        for (String guess : List.of(PASSWORD, "hunter2", "\"password\":\"hunter2")) {
          TaskFilter guessed = way.withInput(guess);
          TaskPage page = site.tasks.list(guessed, 1, null);
          assertThat(page).isEqualTo(new TaskPage(List.of(), null, null));
          assertThat(counted(site, guessed)).isZero();
        }
        assertThat(site.tasks.list(way.withInput("ada"), 10, null).items()).isNotEmpty();
      }
      assertThat(site.tasks.list(all.withType("login").withInput(CARD), 1, null).items()).isEmpty();
      assertThat(site.tasks.list(all.withType("held").withInput(CARD), 1, null).items())
          .as("not hidden in this type")
          .hasSize(1);
      assertThat(counted(site, all.withInput("ada"))).isEqualTo(3);
      assertThat(counted(site, all.withInput("nobody"))).isZero();
    }
  }

  private static long counted(Site site, TaskFilter filter) {
    return site.tasks.facets(filter).states().stream().mapToLong(TaskFacets.Count::count).sum();
  }

  @Test
  void refusesFieldsThatAreNone() {
    var type = TaskType.io("x", Login.class, Opened.class, (_, _) -> null);
    assertThatThrownBy(() -> type.withHidden("a b")).hasMessageContaining("'a b'");
    assertThatThrownBy(() -> TasksConfig.defaults().withRedacted(List.of("/a")))
        .hasMessageContaining("/a");
  }
}
