package dev.millrace.http;

/**
 * Fills a stream of server-sent events, on a virtual thread of its own that is interrupted when the
 * client is gone or the server stops. The stream ends when this returns; sources that are called
 * back from elsewhere stay in {@link EventStream#awaitClosed}.
 */
@FunctionalInterface
public interface EventSource {
  void run(EventStream stream) throws Exception;
}
