package dev.millrace.tasks.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Trials against rates that are a function of the value. */
class ClimberTest {
  private final List<Climber.Trial> trials = new ArrayList<>();

  private void run(Climber climber, int windows, IntToDoubleFunction rate) {
    for (int i = 0; i < windows; i++) {
      Climber.Trial over =
          climber.next(new Climber.Window(rate.applyAsDouble(climber.value()), true, 0));
      if (over != null) {
        trials.add(over);
      }
    }
  }

  @Test
  void findsTheValueThatGainsMost() {
    var climber = new Climber(64, 8, 1_024);
    run(climber, 60, value -> Math.min(value, 300));
    assertThat(climber.value()).isBetween(290, 700);
    assertThat(trials).anyMatch(Climber.Trial::kept);
  }

  @Test
  void undoesATrialThatHurts() {
    var climber = new Climber(64, 8, 1_024);
    run(climber, 4, value -> value > 64 ? 10 : 100);
    assertThat(climber.isTrying()).isFalse();
    assertThat(climber.value()).isEqualTo(64);
    assertThat(trials).singleElement().matches(trial -> !trial.kept() && trial.tried() == 96);
    assertThat(trials.getFirst().ratio()).isEqualTo(0.1);
  }

  @Test
  void isAtWorkForABetterValueOnlyAShareOfTheTime() {
    var climber = new Climber(64, 8, 1_024);
    int[] away = {0};
    run(
        climber,
        400,
        value -> {
          away[0] += value == 64 ? 0 : 1;
          return value == 64 ? 100 : 50;
        });
    assertThat(climber.isTrying() || climber.value() == 64).isTrue();
    assertThat(away[0]).isLessThan(60);
  }

  @Test
  void goesBackWhenTheLoadHasChanged() {
    var climber = new Climber(64, 8, 1_024);
    run(climber, 40, value -> value);
    assertThat(climber.value()).isGreaterThan(200);
    run(climber, 300, value -> 10_000.0 / value);
    assertThat(climber.value()).isLessThanOrEqualTo(64);
  }

  @Test
  void goesBackWhenMoreAtOnceBringsNothing() {
    var climber = new Climber(64, 8, 1_024);
    run(climber, 40, value -> value);
    assertThat(climber.value()).isGreaterThan(200);
    run(climber, 300, _ -> 100);
    assertThat(climber.value()).isBetween(40, 96);
  }

  @Test
  void breaksATrialOffWhenThereIsNotEnoughToDo() {
    var climber = new Climber(64, 8, 1_024);
    run(climber, 2, value -> value);
    assertThat(climber.isTrying()).isTrue();
    Climber.Trial over = climber.next(new Climber.Window(5, false, 0));
    assertThat(over).isEqualTo(new Climber.Trial(64, 96, null, false));
    assertThat(climber.value()).isEqualTo(64);
  }

  @Test
  void undoesATrialThatCostsOthersMuch() {
    var climber = new Climber(64, 8, 1_024);
    climber.next(new Climber.Window(100, true, 50));
    climber.next(new Climber.Window(100, true, 50));
    climber.next(new Climber.Window(150, true, 30));
    Climber.Trial over = climber.next(new Climber.Window(150, true, 30));
    assertThat(over.kept()).isFalse();
    assertThat(climber.value()).isEqualTo(64);
  }
}
