package dev.millrace.app;

/** A key of the configuration is unknown or its value is not allowed; the message says which. */
public final class SettingException extends RuntimeException {
  public SettingException(String message) {
    super(message);
  }
}
