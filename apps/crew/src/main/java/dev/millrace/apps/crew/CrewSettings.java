package dev.millrace.apps.crew;

import dev.millrace.app.DataSize;
import dev.millrace.app.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The configuration of the application, below {@code crew.}
 *
 * @param rules file of more rules, blank for none
 * @param importFolders folders that decisions may be imported from
 * @param personTimeLimit how long a person has for an answer
 * @param retryPause before work that failed is tried again
 * @param shell what programs may run, and how
 * @param http how services are called
 */
public record CrewSettings(
    @Setting(
            doc =
                "Path of a JSON file with rules for reading requests. A rule with a known name"
                    + " replaces the shipped one, any other is added. Blank means only those"
                    + " shipped.")
        String rules,
    @Setting(
            doc =
                "Folders that decisions may be imported from, besides the folder imports within the"
                    + " application's own folder. Whoever sends requests can read the JSON files"
                    + " in them.")
        List<String> importFolders,
    @Setting(
            value = "168h",
            min = 1_000,
            doc = "How long a person who does an agent's work has for an answer.")
        Duration personTimeLimit,
    @Setting(
            value = "2s",
            min = 1,
            max = 60_000,
            doc =
                "The pause before an agent's work that failed is tried again; each one after is"
                    + " twice as long, up to a minute.")
        Duration retryPause,
    Shell shell,
    Http http) {

  /**
   * What programs may run, and how, below {@code crew.shell.}
   *
   * @param programs names and absolute paths, none for no programs at all
   * @param path where names are looked up
   * @param environment names of variables that are passed on
   * @param concurrency programs at one time
   * @param keptOutput the end of the output that is kept
   * @param mostOutput what a program may write in all
   */
  public record Shell(
      @Setting(
              doc =
                  "Programs that agents may run: names that are looked up in crew.shell.path, or"
                      + " absolute paths. None are allowed by default. Whoever sends requests can"
                      + " run them with any arguments; naming a shell or an interpreter allows"
                      + " everything that the server's user may do.")
          List<String> programs,
      @Setting(
              value = "/usr/local/bin:/usr/bin:/bin",
              doc = "Folders that programs are looked up in, parted by colons; also their PATH.")
          String path,
      @Setting(
              doc =
                  "Names of the server's environment variables that programs see, such as"
                      + " JAVA_HOME. All others are hidden from them.")
          List<String> environment,
      @Setting(value = "4", min = 1, max = 1_000, doc = "Programs that run at one time.")
          int concurrency,
      @Setting(
              value = "8 KB",
              min = 100,
              max = 65_536,
              doc = "How much of the end of a program's output is kept as its result.")
          DataSize keptOutput,
      @Setting(
              value = "64 MB",
              min = 1_000,
              doc = "How much a program may write; one that writes more is ended.")
          DataSize mostOutput) {}

  /**
   * How services are called, below {@code crew.http.}
   *
   * @param allowPrivateAddresses lifts the guard
   * @param allowedNetworks private networks that may be called all the same
   */
  public record Http(
      @Setting(
              value = "false",
              doc =
                  "Whether agents may call loopback, private and link-local addresses. Lets"
                      + " whoever sends requests reach into your network.")
          boolean allowPrivateAddresses,
      @Setting(
              doc =
                  "Private networks that agents may call although the guard stands, such as"
                      + " 10.1.0.0/16.")
          List<String> allowedNetworks) {}
}
