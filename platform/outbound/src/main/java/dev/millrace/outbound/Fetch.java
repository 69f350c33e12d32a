package dev.millrace.outbound;

import dev.millrace.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One download from order to cache: what is here already, then attempts with pauses, each going on
 * where the last one ended. Confined to the thread that runs it.
 */
final class Fetch {
  private static final Logger log = LoggerFactory.getLogger(Fetch.class);

  /** An attempt that brought this much is no failed attempt: long files pass through bad lines. */
  private static final long PROGRESS_BYTES = 1L << 20;

  private final FetchTools tools;
  private final FetchOrder order;
  private final Tally tally;
  private final TimeBudget budget;

  Fetch(FetchTools tools, FetchOrder order, Tally tally) {
    this.tools = tools;
    this.order = order;
    this.tally = tally;
    budget = TimeBudget.ofWork(tools.config().times().total());
  }

  Fetched run() throws DownloadException, InterruptedException {
    try {
      var here = expectedContent().or(this::freshContent);
      if (here.isPresent()) {
        return here.get();
      }
      Aria2Transfer aria2 = tools.aria2();
      // A program that follows redirects would take the headers along to whoever it is sent to.
      return aria2 == null || !order.headers().isEmpty()
          ? ownAttempts()
          : attempts(() -> aria2.run(order, tally, budget), e -> aria2.wasTorn(order, e));
    } catch (StoreException e) {
      throw indexFailure(e);
    } catch (IOException e) {
      throw new DownloadException(DiskFailures.of(e, partPath()), tally.attempt);
    } catch (DownloadException e) {
      throw e;
    } catch (OutboundException e) {
      throw new DownloadException(e, tally.attempt);
    }
  }

  private DownloadException indexFailure(StoreException e) throws InterruptedException {
    FailureReason reason =
        switch (e.reason()) {
          case INTERRUPTED -> throw new InterruptedException(e.getMessage());
          case DISK_FULL -> FailureReason.DISK_FULL;
          default -> FailureReason.FILE;
        };
    var failure =
        new OutboundException(
            reason, order.url().shown() + ": the cache's index failed: " + e.getMessage(), e);
    return new DownloadException(failure, tally.attempt);
  }

  private Fetched ownAttempts() throws OutboundException, IOException, InterruptedException {
    try (PartFile part = openPart()) {
      return attempts(
          () -> new FetchAttempt(tools, order, tally, part, budget).run(),
          e -> {
            boolean torn = e.reason() == FailureReason.DIGEST_MISMATCH && part.isAssembled();
            part.dropIfTainted(e.reason());
            return torn;
          });
    }
  }

  private Fetched attempts(Attempt one, AfterFailure after)
      throws OutboundException, IOException, InterruptedException {
    RetryRules rules = tools.config().retries();
    int failed = 0;
    int attempt = 0;
    boolean startedOver = false;
    while (true) {
      attempt++;
      tally.attempt = attempt;
      long before = tally.fetched.get();
      try {
        return one.run();
      } catch (OutboundException e) {
        boolean torn = after.wasTorn(e);
        failed = tally.fetched.get() - before >= PROGRESS_BYTES ? 1 : failed + 1;
        boolean again = (torn && !startedOver) || rules.allowAnother(failed, e);
        startedOver |= torn;
        Duration wait = rules.waitAfter(failed, e, tools.random());
        if (!again || budget.isOverAfter(wait)) {
          throw e;
        }
        pause(wait, e);
      }
    }
  }

  /** One try. */
  private interface Attempt {
    Fetched run() throws OutboundException, IOException, InterruptedException;
  }

  /** Clears away what a failure spoilt, and tells whether it came of putting parts together. */
  private interface AfterFailure {
    boolean wasTorn(OutboundException failure) throws IOException;
  }

  private void pause(Duration wait, OutboundException failure) throws InterruptedException {
    log.debug("attempt {} failed, next in {}: {}", tally.attempt, wait, failure.getMessage());
    tools.metrics().retried(failure.reason());
    tally.lastFailure = failure.getMessage();
    tally.phase = DownloadProgress.Phase.RETRYING;
    Thread.sleep(wait);
    tally.phase = DownloadProgress.Phase.WAITING;
  }

  /** If the digest is known beforehand, it does not matter where the content came from. */
  private Optional<Fetched> expectedContent() {
    String wanted = order.sha256();
    return wanted == null
        ? Optional.empty()
        : tools.cache().content(wanted).flatMap(content -> hit(content, null));
  }

  private Optional<Fetched> freshContent() {
    Instant oldest = tools.clock().instant().minus(order.fresh());
    return tools
        .cache()
        .url(order.key())
        .filter(url -> url.checkedAt().isAfter(oldest))
        .filter(url -> order.sha256() == null || order.sha256().equals(url.sha256()))
        .flatMap(url -> tools.cache().content(url.sha256()).flatMap(content -> hit(content, url)));
  }

  private Optional<Fetched> hit(CachedContent content, @Nullable CachedUrl url) {
    if (content.bytes() > order.maxBytes()) {
      return Optional.empty();
    }
    tally.bytes = content.bytes();
    tally.total = content.bytes();
    return Optional.of(
        new Fetched(
            content.sha256(),
            content.bytes(),
            url == null ? null : url.contentType(),
            url == null ? null : url.etag(),
            true,
            0));
  }

  private PartFile openPart() throws IOException {
    DurableFiles.createFolders(tools.parts());
    return PartFile.open(partPath(), tools.boot());
  }

  private Path partPath() {
    return tools.parts().resolve(order.key() + ".part");
  }
}
