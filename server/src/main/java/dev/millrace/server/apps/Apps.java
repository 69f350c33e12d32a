package dev.millrace.server.apps;

import dev.millrace.app.App;
import dev.millrace.app.AppParts;
import dev.millrace.app.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/**
 * The applications of this process: those on its class path, and those in the jars of the folder
 * {@code apps} in the data folder, each jar with a class loader of its own.
 */
public final class Apps {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  private Apps() {}

  /**
   * Finds them, sorted by name.
   *
   * @throws SettingException if a jar cannot be used or two applications have one name
   */
  public static List<App> find(Path data) {
    List<App> apps = new ArrayList<>();
    ServiceLoader.load(App.class, Apps.class.getClassLoader()).forEach(apps::add);
    for (Path jar : jars(data.resolve("apps"))) {
      apps.addAll(load(jar));
    }
    for (App app : apps) {
      if (!NAME.matcher(app.name()).matches()) {
        throw new SettingException(
            "application "
                + app.getClass().getName()
                + ": the name '"
                + app.name()
                + "' is not allowed; use up to 31 lower-case letters, digits and dashes");
      }
      if (apps.stream().filter(other -> other.name().equals(app.name())).count() > 1) {
        throw new SettingException(
            "two applications are called '"
                + app.name()
                + "'; remove one from "
                + data.resolve("apps"));
      }
    }
    apps.sort((a, b) -> a.name().compareTo(b.name()));
    return List.copyOf(apps);
  }

  private static List<App> load(Path jar) {
    try {
      // Stays open as long as the process: its classes are loaded as they are needed.
      @SuppressWarnings("resource")
      URLClassLoader loader =
          new URLClassLoader(
              "app " + jar.getFileName(),
              new URL[] {jar.toUri().toURL()},
              Apps.class.getClassLoader());
      List<App> found =
          ServiceLoader.load(App.class, loader).stream()
              .filter(provider -> loader.equals(provider.type().getClassLoader()))
              .map(ServiceLoader.Provider::get)
              .toList();
      if (found.isEmpty()) {
        throw new SettingException(
            jar + " holds no application; it needs META-INF/services/" + App.class.getName());
      }
      return found;
    } catch (MalformedURLException | ServiceConfigurationError | LinkageError broken) {
      throw new SettingException(jar + " cannot be loaded as an application: " + broken);
    }
  }

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
    jars.sort(null);
    return jars;
  }

  /**
   * Checks that an application keeps to its own names.
   *
   * @throws SettingException naming what does not
   */
  public static AppParts check(App app, AppParts parts) {
    for (var type : parts.taskTypes()) {
      if (!type.name().startsWith(app.name() + ".")) {
        throw new SettingException(
            "application '"
                + app.name()
                + "': the task type '"
                + type.name()
                + "' must begin with '"
                + app.name()
                + ".'");
      }
    }
    for (var endpoint : parts.endpoints()) {
      if (!endpoint.path().startsWith("/api/v1/" + app.name() + "/")) {
        throw new SettingException(
            "application '"
                + app.name()
                + "': the endpoint "
                + endpoint
                + " must lie below /api/v1/"
                + app.name()
                + "/");
      }
    }
    return parts;
  }
}
