package dev.millrace.server;

/** The version of this build. */
public final class Version {
  /** From the jar's manifest; {@code dev} when it runs from class files. */
  public static final String CURRENT = read();

  private Version() {}

  private static String read() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
