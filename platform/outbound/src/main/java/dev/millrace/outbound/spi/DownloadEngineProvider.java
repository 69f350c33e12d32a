package dev.millrace.outbound.spi;

/**
 * Makes an engine. Found by {@link java.util.ServiceLoader}; has a constructor without arguments.
 */
public interface DownloadEngineProvider {
  /** The word for the engine in the configuration: lower-case letters, digits and dashes. */
  String name();

  /**
   * Makes the engine; called once, and only if the configuration names it.
   *
   * @throws Exception to refuse the start of the process; the message says what to mend
   */
  DownloadEngine open(DownloadEngineContext context) throws Exception;
}
