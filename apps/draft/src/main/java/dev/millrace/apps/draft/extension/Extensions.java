package dev.millrace.apps.draft.extension;

import dev.millrace.apps.draft.spi.MaterialType;
import dev.millrace.outbound.spi.DownloadEngineProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * What is found on the class path and in the jars of a folder. Immutable. Close it when nothing of
 * it is used any more.
 */
public final class Extensions implements AutoCloseable {
  private final List<MaterialType> materialTypes = new ArrayList<>();
  private final List<DownloadEngineProvider> engines = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();

  private Extensions() {}

  /**
   * Loads them.
   *
   * @throws IllegalArgumentException naming a jar that holds none, or cannot be loaded
   */
  public static Extensions load(Path folder) throws IOException {
    var extensions = new Extensions();
    ClassLoader own = Extensions.class.getClassLoader();
    ServiceLoader.load(MaterialType.class, own).forEach(extensions.materialTypes::add);
    ServiceLoader.load(DownloadEngineProvider.class, own).forEach(extensions.engines::add);
    for (Path jar : jars(folder)) {
      extensions.load(jar, own);
    }
    return extensions;
  }

  /** Types of items that recipes may have. */
  public List<MaterialType> materialTypes() {
    return List.copyOf(materialTypes);
  }

  /** Engines that the configuration may name. */
  public List<DownloadEngineProvider> engines() {
    return List.copyOf(engines);
  }

  private void load(Path jar, ClassLoader own) throws IOException {
    var loader =
        new URLClassLoader(
            "draft extension " + jar.getFileName(), new URL[] {jar.toUri().toURL()}, own);
    loaders.add(loader);
    try {
      List<MaterialType> types = brought(MaterialType.class, loader);
      List<DownloadEngineProvider> providers = brought(DownloadEngineProvider.class, loader);
      if (types.isEmpty() && providers.isEmpty()) {
        throw new IllegalArgumentException(
            jar
                + " holds no extension; it needs META-INF/services/"
                + MaterialType.class.getName()
                + " or "
                + DownloadEngineProvider.class.getName()
                + ", or must be taken out of the folder");
      }
      materialTypes.addAll(types);
      engines.addAll(providers);
    } catch (ServiceConfigurationError | LinkageError broken) {
      throw new IllegalArgumentException(
          jar + " cannot be loaded as an extension: " + broken, broken);
    }
  }

  private static <T> List<T> brought(Class<T> service, URLClassLoader loader) {
    return ServiceLoader.load(service, loader).stream()
        .filter(provider -> loader.equals(provider.type().getClassLoader()))
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static List<Path> jars(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
        files.forEach(jars::add);
      }
    }
    jars.sort(null);
    return jars;
  }

  @Override
  public void close() {
    try {
      for (URLClassLoader loader : loaders) {
        loader.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
