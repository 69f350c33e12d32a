package dev.millrace.apps.draft.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.testkit.Seed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class DraftDocumentTest {
  @TempDir Path folder;

  private Path draft(byte[] content) throws Exception {
    Path draft = Files.createDirectories(folder.resolve("demo"));
    Files.write(draft.resolve(DraftRoot.CONTENT), content);
    return draft;
  }

  private byte[] savedAgain(byte[] content) throws Exception {
    return DraftDocument.read(draft(content)).files().get(DraftRoot.CONTENT);
  }

  /** No space, no escape that need not be: such a document comes back byte for byte. */
  @Test
  void writesTheDocumentOfAClientAsItWasRead() throws Exception {
    Path draft = draft(ClientDraft.content());
    Files.write(draft.resolve(DraftRoot.META), ClientDraft.meta());

    DraftDocument document = DraftDocument.read(draft);

    // Python writes 1e-07 where Java writes 1E-7: the same number.
    assertThat(text(document.files().get(DraftRoot.CONTENT)))
        .isEqualTo(text(ClientDraft.content()).replace("1e-07", "1E-7"));
    assertThat(document.files().get(DraftRoot.META)).isEqualTo(ClientDraft.meta());
    assertThat(document.files().get(DraftRoot.INFO))
        .isEqualTo(document.files().get(DraftRoot.CONTENT));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30.0",
        "30",
        "0.1",
        "0.30000000000000004",
        "9007199254740993",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "1.2345678901234567890123456789",
        "1E+2",
        "1E-7",
        "100.00"
      })
  void keepsTheDigitsOfNumbers(String number) throws Exception {
    String content = "{\"materials\":{},\"tracks\":[],\"x\":" + number + "}";
    assertThat(text(savedAgain(content.getBytes(StandardCharsets.UTF_8)))).isEqualTo(content);
  }

  @Test
  void savesWhatItLoaded() {
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 300; i++) {
            ObjectNode tree = DocumentJson.object();
            tree.set("materials", object(random, 3));
            tree.set("tracks", array(random, 3));
            tree.set("later", value(random, 4));
            byte[] bytes = DocumentJson.bytes(tree);
            JsonNode again = DocumentJson.read(savedAgain(bytes));
            assertThat(again).isEqualTo(tree);
            assertThat(savedAgain(DocumentJson.bytes(again))).isEqualTo(bytes);
          }
        });
  }

  private static JsonNode value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> DocumentJson.read("" + random.nextLong());
      case 1 -> DocumentJson.read("" + random.nextInt(1_000));
      case 2 ->
          DocumentJson.read(
              BigDecimal.valueOf(random.nextLong(1_000_000), random.nextInt(12)).toString());
      case 3 -> DocumentJson.read(random.nextBoolean() ? "true" : "false");
      case 4 -> DocumentJson.read("null");
      case 5 -> DocumentJson.read("" + random.nextDouble());
      case 6 -> tools.jackson.databind.node.StringNode.valueOf(string(random));
      case 7 -> object(random, depth - 1);
      default -> array(random, depth - 1);
    };
  }

  private static ObjectNode object(SplittableRandom random, int depth) {
    ObjectNode object = DocumentJson.object();
    for (int i = random.nextInt(6); i > 0; i--) {
      object.set(string(random), value(random, depth));
    }
    return object;
  }

  private static ArrayNode array(SplittableRandom random, int depth) {
    ArrayNode array = DocumentJson.object().putArray("x");
    for (int i = random.nextInt(5); i > 0; i--) {
      array.add(value(random, depth));
    }
    return array;
  }

  private static String string(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0x20, 0x7F);
            case 1 -> random.nextInt(0x4E00, 0x9FA5);
            case 2 -> random.nextInt(0x1F600, 0x1F640);
            case 3 -> random.nextInt(0x20);
            default -> "\"\\/{}[]:,".charAt(random.nextInt(9));
          });
    }
    return text.toString();
  }

  @Test
  void readsWhatOnlyMacOsWrites() throws Exception {
    Path draft = Files.createDirectories(folder.resolve("mac"));
    Files.write(draft.resolve(DraftRoot.INFO), ClientDraft.content());
    Files.writeString(draft.resolve(DraftRoot.META), "broken");

    DraftDocument document = DraftDocument.read(draft);

    assertThat(document.tracks()).hasSize(3);
    assertThat(document.meta()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "U2FsdGVkX1+vupppZksvRf5pq5g5XjFRIipRkwB0K1Y=",
        "{\"materials\":{},\"tracks\":[]",
        "{\"materials\":{},\"tracks\":[]} trailing",
        "{\"materials\":{},\"tracks\":[],\"tracks\":[]}",
        "{\"materials\":[],\"tracks\":[]}",
        "{\"materials\":{}}",
        "[]",
        ""
      })
  void refusesWhatIsNoDraftAndSaysWhatToDo(String content) throws Exception {
    Path draft = draft(content.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> DraftDocument.read(draft))
        .isInstanceOf(UnreadableDraftException.class)
        .hasMessageContaining(DraftRoot.CONTENT)
        .hasMessageContaining("client 5.9");
  }

  @Test
  void saysThatADraftIsEncrypted() throws Exception {
    Path draft = draft(new byte[] {(byte) 0x93, 0x11, 0x7F, 0x42, 0x33});
    assertThatThrownBy(() -> DraftDocument.read(draft)).hasMessageContaining("encrypted");
  }

  @Test
  void refusesAFolderWithoutADraft() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> DraftDocument.read(empty))
        .isInstanceOf(UnreadableDraftException.class)
        .hasMessageContaining("empty");
  }
}
