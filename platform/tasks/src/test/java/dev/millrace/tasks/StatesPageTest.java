package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The page of states is drawn from the table; -Dmillrace.write-docs=true writes it anew. */
class StatesPageTest {
  private static final Path PAGE = Path.of("../../docs/tasks-states.md");

  @Test
  void pageShowsTheTable() throws IOException {
    String drawn = draw();
    if (Boolean.getBoolean("millrace.write-docs")) {
      Files.writeString(PAGE, drawn);
    }
    assertThat(Files.readString(PAGE).strip()).isEqualTo(drawn.strip());
  }

  @Test
  void everyStateIsReachedAndEveryUnfinishedOneIsLeft() {
    var reached = EnumSet.noneOf(TaskState.class);
    var left = EnumSet.noneOf(TaskState.class);
    for (Transition transition : Transition.TABLE) {
      reached.add(transition.to());
      if (transition.from() != null) {
        left.add(transition.from());
      }
    }
    assertThat(reached).containsExactly(TaskState.values());
    for (TaskState state : TaskState.values()) {
      assertThat(left.contains(state))
          .as("%s is left", state)
          .isEqualTo(state != TaskState.SUCCEEDED);
    }
  }

  @Test
  void noEventLeadsTwoWaysFromOneState() {
    assertThat(Transition.TABLE)
        .extracting(transition -> Objects.toString(transition.from()) + transition.event())
        .doesNotHaveDuplicates();
  }

  private static String draw() {
    var page = new StringBuilder();
    page.append("# States of a task\n\n");
    page.append("Drawn by a test from `dev.millrace.tasks.Transition`; do not edit.\n\n");
    page.append("```mermaid\nstateDiagram-v2\n");
    for (Transition t : Transition.TABLE) {
      page.append("  ").append(name(t.from())).append(" --> ").append(name(t.to()));
      page.append(" : ").append(t.event().words()).append('\n');
    }
    page.append("  succeeded --> [*]\n```\n\n");
    for (Transition t : Transition.TABLE) {
      page.append("- ").append(t.from() == null ? "new" : name(t.from())).append(" → ");
      page.append(name(t.to())).append(": ").append(t.event().words()).append('\n');
    }
    return page.toString();
  }

  private static String name(TaskState state) {
    return state == null ? "[*]" : state.word();
  }
}
