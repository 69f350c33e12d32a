package dev.millrace.store.behaviour;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What was logged under a name while this is open. */
final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Logger logger;

  Logged(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    logger.setLevel(ch.qos.logback.classic.Level.INFO);
    setContext(logger.getLoggerContext());
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    messages.add(event.getLevel() + " " + event.getFormattedMessage());
  }

  List<String> messages() {
    return messages;
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(null);
  }
}
