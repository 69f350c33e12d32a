package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Producers;
import dev.millrace.bench.Scale;
import dev.millrace.bench.StartTimes;
import dev.millrace.bench.peer.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The peers as contenders in the figures of tasks. */
final class PeerRuns {
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(3);

  private final Map<String, Peer.Opening> peers;
  private final Scale scale;

  PeerRuns(Map<String, Peer.Opening> peers, Scale scale) {
    this.peers = peers;
    this.scale = scale;
  }

  /** Submits a second by {@code producers} callers. */
  List<Contender> submit(int producers) {
    return each(
        peer -> Producers.platform(producers).rate(scale.warmUp(), scale.window(), peer::submit));
  }

  /** Tasks a second, submitted in bulk by one caller. */
  List<Contender> submitBulk() {
    return each(peer -> {
      int count = scale.bulk() / 10;
      peer.submitAll(count / 10);
      long start = System.nanoTime();
      peer.submitAll(count);
      return count / ((System.nanoTime() - start) / 1e9);
    });
  }

  /** Bodies a second, of tasks that were queued before the workers started. */
  List<Contender> drain() {
    return each(peer -> {
      peer.submitAll(scale.peerDrain());
      Duration taken = peer.drain(scale.peerDrain(), LONGEST_DRAIN);
      return scale.peerDrain() / (taken.toNanos() / 1e9);
    });
  }

  /** Times from submit to the start of the body, at a fixed rate. */
  Map<String, StartRun> start() {
    Map<String, StartRun> runs = new LinkedHashMap<>();
    peers.forEach((label, opening) ->
        runs.put(
            label,
            new StartRun(
                200,
                (count, perSecond) -> {
                  try (Peer peer = opening.open()) {
                    return peer.startTimes(new StartTimes(count), perSecond, LONGEST_DRAIN);
                  }
                })));
    return runs;
  }

  @FunctionalInterface
  private interface Use {
    double of(Peer peer) throws Exception;
  }

  private List<Contender> each(Use use) {
    List<Contender> contenders = new ArrayList<>();
    peers.forEach((label, opening) ->
        contenders.add(
            new Contender(
                label,
                () -> {
                  try (Peer peer = opening.open()) {
                    return use.of(peer);
                  }
                })));
    return contenders;
  }
}
