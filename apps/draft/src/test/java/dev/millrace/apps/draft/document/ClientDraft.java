package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.testkit.media.Media;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A draft as client 5.9 saves them, with the fields that the client adds and some nobody knows. */
public final class ClientDraft {
  public static final String HOME =
      "C:/Users/Admin/AppData/Local/JianyingPro/User Data/Projects/com.lveditor.draft/demo";

  private ClientDraft() {}

  /** The n-th id of the draft. */
  public static String id(int n) {
    return "%08X-0000-4000-8000-%012X".formatted(n, n);
  }

  public static byte[] content() {
    return resource("client.json");
  }

  public static byte[] meta() {
    return resource("client-meta.json");
  }

  private static byte[] resource(String name) {
    try (InputStream in = ClientDraft.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static DraftDocument document() throws Exception {
    return DraftDocument.of(
        (tools.jackson.databind.node.ObjectNode) DocumentJson.read(content()),
        (tools.jackson.databind.node.ObjectNode) DocumentJson.read(meta()));
  }

  /** Writes it with its files as a folder of {@code root}. */
  public static Path write(Path root, String name) throws Exception {
    Path folder = Files.createDirectories(root.resolve(name));
    Files.write(folder.resolve(DraftRoot.CONTENT), content());
    Files.write(folder.resolve(DraftRoot.INFO), content());
    Files.write(folder.resolve(DraftRoot.META), meta());
    Path files = Files.createDirectories(folder.resolve(DraftRoot.RESOURCES));
    Files.write(files.resolve("clip1.mp4"), Media.mp4(64, 48, Duration.ofSeconds(12)));
    Files.write(files.resolve("photo.jpg"), Media.jpeg(108, 192, 0x336699));
    Files.write(files.resolve("bgm.wav"), Media.wav(Duration.ofSeconds(30), 440));
    Files.write(folder.resolve("draft_cover.jpg"), Media.jpeg(54, 96, 0x336699));
    Files.writeString(folder.resolve("draft_agency_config.json"), "{\"marterials\":null}");
    return folder;
  }
}
