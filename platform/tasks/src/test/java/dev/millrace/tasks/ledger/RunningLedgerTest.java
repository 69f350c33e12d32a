package dev.millrace.tasks.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningLedgerTest {
  private static final long HISTORY = 0x7e57;

  @TempDir Path folder;

  @Test
  void remembersWhatWasNotReleased() throws Exception {
    Path path = folder.resolve("running.ledger");
    RunningLedger dying = RunningLedger.open(path, HISTORY);
    dying.claim(11, 100);
    int released = dying.claim(12, 101);
    dying.claim(13, 102);
    dying.release(released);
    dying.runsAlone(13);
    // Not closed: this is what a killed process leaves.
    try (var next = RunningLedger.open(path, HISTORY)) {
      assertThat(next.interrupted())
          .containsExactlyInAnyOrder(new Claim(11, 100), new Claim(13, 102));
      assertThat(next.interruptedAlone()).isEqualTo(13);
      next.forgetInterrupted();
    }
    try (var third = RunningLedger.open(path, HISTORY)) {
      assertThat(third.interrupted()).isEmpty();
      assertThat(third.interruptedAlone()).isZero();
    }
  }

  @Test
  void keepsOldClaimsUntilTheyAreForgotten() throws Exception {
    Path path = folder.resolve("running.ledger");
    RunningLedger.open(path, HISTORY).claim(11, 100);
    RunningLedger second = RunningLedger.open(path, HISTORY);
    second.claim(12, 100);
    assertThat(RunningLedger.open(path, HISTORY).interrupted()).hasSize(2);
  }

  @Test
  void claimWaitsForFreeSlot() throws Exception {
    try (var ledger = RunningLedger.open(folder.resolve("running.ledger"), HISTORY)) {
      for (int i = 1; i <= RunningLedger.SLOTS; i++) {
        ledger.claim(i, 0);
      }
      var claimed = new Signal("claimed");
      Thread waiting =
          Thread.startVirtualThread(() -> {
            try {
              ledger.claim(99_999, 0);
              claimed.raise();
            } catch (InterruptedException unexpected) {
              Thread.currentThread().interrupt();
            }
          });
      Signal.awaitUntil("the claim waits", () -> waiting.getState() == Thread.State.WAITING);
      assertThat(claimed.isRaised()).isFalse();
      ledger.release(5);
      claimed.await();
    }
  }

  @Test
  void fileOfAnotherKindIsWrittenAnew() throws IOException {
    Path path = folder.resolve("running.ledger");
    Files.writeString(path, "not a ledger at all, but long enough to be read as one".repeat(9));
    try (var ledger = RunningLedger.open(path, HISTORY)) {
      assertThat(ledger.interrupted()).isEmpty();
    }
  }

  @Test
  void saysWhatToDoWhenTheFolderIsMissing() {
    Path path = folder.resolve("missing/running.ledger");
    assertThatThrownBy(() -> RunningLedger.open(path, HISTORY))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("give this user the right");
  }

  @Test
  void closingWithoutTakingOverLeavesTheClaims() throws Exception {
    Path path = folder.resolve("running.ledger");
    RunningLedger.open(path, HISTORY).claim(11, 100);
    RunningLedger.open(path, HISTORY).close();
    assertThat(RunningLedger.open(path, HISTORY).interrupted()).containsExactly(new Claim(11, 100));
  }

  @Test
  void claimsOfAnotherHistoryAreForgotten() throws Exception {
    Path path = folder.resolve("running.ledger");
    RunningLedger old = RunningLedger.open(path, HISTORY);
    old.claim(11, 100);
    old.runsAlone(11);
    try (var restored = RunningLedger.open(path, HISTORY + 1)) {
      assertThat(restored.interrupted()).isEmpty();
      assertThat(restored.interruptedAlone()).isZero();
      restored.claim(12, 101);
    }
    assertThat(RunningLedger.open(path, HISTORY + 1).interrupted())
        .containsExactly(new Claim(12, 101));
  }
}
