package dev.millrace.http.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.millrace.http.Json;
import dev.millrace.store.Position;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SchemaTest {
  enum Size2 {
    SMALL,
    VERY_LARGE
  }

  record Code(@JsonValue String value) {
    @JsonCreator
    static Code of(String value) {
      return new Code(value.toUpperCase(java.util.Locale.ROOT));
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Round.class, name = "round"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Form permits Round, Square {}

  record Round(double radius) implements Form {}

  record Square(int side) implements Form {}

  record Everything(
      int number,
      long large,
      double decimal,
      BigDecimal exact,
      boolean flag,
      Size2 size,
      Instant at,
      Duration lasts,
      LocalDate day,
      UUID id,
      URI link,
      @Nullable Position position,
      byte[] bytes,
      List<Integer> list,
      @Size(max = 2) Set<String> set,
      @Size(max = 1) Map<String, Integer> map,
      ObjectNode object,
      ArrayNode array,
      JsonNode any,
      Code code,
      Form form,
      Optional<String> maybe,
      @Nullable Everything inner) {}

  record Even(int value) {
    Even {
      if (value % 2 != 0) {
        throw new IllegalArgumentException("value must be even, not " + value);
      }
    }
  }

  record Broken(int value) {
    Broken {
      if (value > 0) {
        throw new IllegalStateException("a bug of the record");
      }
    }
  }

  record Texts(
      @Size(min = 2, max = 3) String a,
      @Pattern("[0-9]+") @Size(min = 1) List<String> b,
      @Range(min = 1) @Nullable Integer c,
      @Range(min = 0.5, max = 2) double d,
      @Range(max = 9) long e) {}

  record Box<T>(T content, List<T> more) {}

  interface Left {
    record Same(int number) {}
  }

  interface Right {
    record Same(String text) {}
  }

  record Both(Left.Same left, Right.Same right) {}

  record Holder(Box<Size2> sizes, Box<Integer> numbers, List<? extends Even> wild) {}

  private static final String FULL =
      """
      {"number": 1, "large": 5000000000, "decimal": 1, "exact": 0.10, "flag": true, "size": "very-large",
       "at": "2026-11-22T02:00:00Z", "lasts": "PT1H", "day": "2026-11-22", "id": "0192f0c1-5d2e-7c3a-8f00-5b1d2c3e4f50",
       "link": "https://example.org", "bytes": "AQI=", "list": [1, 2], "set": ["a"], "map": {"a": 1},
       "object": {"x": [1]}, "array": [1, {}], "any": 5, "code": "abc", "form": {"kind": "square", "side": 3}, "maybe": "yes", "inner": null}
      """;

  private static <T> T read(Class<T> type, String json) throws SchemaException {
    return Schema.of(type, Json.mapper()).read(json.getBytes(UTF_8));
  }

  private static List<String> faults(Class<?> type, String json) {
    return catchThrowableOfType(SchemaException.class, () -> read(type, json)).faults().stream()
        .map(f -> f.pointer() + ": " + f.detail())
        .toList();
  }

  @Test
  void readsEveryKindOfComponent() throws Exception {
    Everything read = read(Everything.class, FULL);
    assertThat(read.large()).isEqualTo(5_000_000_000L);
    assertThat(read.decimal()).isEqualTo(1.0);
    assertThat(read.exact()).isEqualTo(new BigDecimal("0.10"));
    assertThat(read.size()).isEqualTo(Size2.VERY_LARGE);
    assertThat(read.lasts()).isEqualTo(Duration.ofHours(1));
    assertThat(
            read(
                    Everything.class,
                    FULL.replace(
                        "\"number\": 1", "\"position\": \"00000000000000ff-7\", \"number\": 1"))
                .position())
        .isEqualTo(new Position(255, 7));
    assertThat(read.day()).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(read.bytes()).containsExactly(1, 2);
    assertThat(read.set()).containsExactly("a");
    assertThat(read.object().toString()).isEqualTo("{\"x\":[1]}");
    assertThat(read.code().value()).isEqualTo("ABC");
    assertThat(read.form()).isEqualTo(new Square(3));
    assertThat(read.maybe()).contains("yes");
    assertThat(read.inner()).isNull();
    Everything nested =
        read(
            Everything.class,
            FULL.replace("\"inner\": null", "\"inner\": " + FULL)
                .replace("\"maybe\": \"yes\",", ""));
    assertThat(nested.inner().inner()).isNull();
    assertThat(nested.maybe()).isEmpty();
  }

  @Test
  void namesTheTypeThatIsWantedAndTheOneThatWasFound() {
    String wrong =
        FULL.replace("\"number\": 1", "\"number\": 1.5")
            .replace("5000000000", "99999999999999999999")
            .replace("\"decimal\": 1", "\"decimal\": \"1\"")
            .replace("\"exact\": 0.10", "\"exact\": 1e999")
            .replace("true", "\"true\"")
            .replace("very-large", "VERY_LARGE")
            .replace("2026-11-22T02:00:00Z", "yesterday")
            .replace("\"id\": \"0192f0c1", "\"id\": \"0")
            .replace("\"AQI=\"", "17")
            .replace("[1, 2]", "{\"a\": 1}")
            .replace("[\"a\"]", "[\"a\", \"a\"]")
            .replace("{\"a\": 1},", "{\"a\": 1, \"b\": 2},")
            .replace("{\"x\": [1]}", "7")
            .replace("[1, {}]", "null")
            .replace("\"kind\": \"square\"", "\"kind\": \"oval\"")
            .replace("\"abc\"", "{}");
    assertThat(faults(Everything.class, wrong))
        .anySatisfy(
            f -> assertThat(f).isEqualTo("/number: must be a whole number, not the number 1.5"))
        .anySatisfy(f ->
            assertThat(f).isEqualTo("/large: must be a whole number, not 99999999999999999999"))
        .anySatisfy(f -> assertThat(f).isEqualTo("/decimal: must be a number, not the text '1'"))
        .anySatisfy(
            f -> assertThat(f).startsWith("/exact: must be a number that a double can hold"))
        .anySatisfy(
            f -> assertThat(f).isEqualTo("/flag: must be true or false, not the text 'true'"))
        .anySatisfy(f ->
            assertThat(f)
                .isEqualTo(
                    "/size: must be one of small, very-large, not 'VERY_LARGE'; did you mean"
                        + " 'very-large'?"))
        .anySatisfy(f -> assertThat(f).startsWith("/at: must be an instant such as"))
        .anySatisfy(f -> assertThat(f).startsWith("/id: must be a UUID"))
        .anySatisfy(
            f -> assertThat(f).isEqualTo("/bytes: must be bytes in Base64, not the number 17"))
        .anySatisfy(f -> assertThat(f).isEqualTo("/list: must be a list, not an object"))
        .anySatisfy(f -> assertThat(f).isEqualTo("/set: must not hold the same element twice"))
        .anySatisfy(f -> assertThat(f).isEqualTo("/map: must have at most 1 entries, not 2"))
        .anySatisfy(f -> assertThat(f).isEqualTo("/object: must be an object, not the number 7"))
        .anySatisfy(f -> assertThat(f).isEqualTo("/array: must be a list, not null"))
        .anySatisfy(f -> assertThat(f).startsWith("/form: "))
        .anySatisfy(f -> assertThat(f).startsWith("/code: "));
  }

  @Test
  void keepsToTheLimits() {
    assertThat(faults(Texts.class, "{\"a\":\"x\",\"b\":[\"1\",\"x2\"],\"c\":0,\"d\":0.4,\"e\":10}"))
        .containsExactly(
            "/a: must have at least 2 characters, not 1",
            "/b/1: must match [0-9]+, not 'x2'",
            "/c: must be a whole number of 1 or more, not 0",
            "/d: must be a number from 0.5 to 2, not 0.4",
            "/e: must be a whole number of 9 or less, not 10");
    assertThat(faults(Texts.class, "{\"a\":\"abcd\",\"b\":[],\"d\":1,\"e\":1}"))
        .containsExactly(
            "/a: must have at most 3 characters, not 4",
            "/b: must have at least 1 elements, not 0");
  }

  @Test
  void takesTheRefusalOfARecordAsAFault() throws Exception {
    assertThat(read(Even.class, "{\"value\":2}")).isEqualTo(new Even(2));
    assertThat(faults(Even.class, "{\"value\":3}")).containsExactly(": value must be even, not 3");
    assertThat(
            faults(
                Holder.class,
                "{\"sizes\":{\"content\":\"small\",\"more\":[\"smal\"]},\"numbers\":{\"content\":1,\"more\":[\"2\"]},\"wild\":[{\"value\":1}]}"))
        .hasSize(3)
        .anyMatch(f -> f.startsWith("/sizes/more/0: must be one of"))
        .anyMatch(f -> f.startsWith("/numbers/more/0: must be a whole"))
        .anyMatch(f -> f.startsWith("/wild/0: value must be even"));
    assertThatThrownBy(() -> read(Broken.class, "{\"value\":1}"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void escapesPointersAndShortensValues() {
    assertThat(faults(Even.class, "{\"a/b~c\":1,\"value\":2}").getFirst())
        .startsWith("/a~1b~0c: 'a/b~c' is not known here");
    assertThat(faults(Even.class, "{\"value\":\"" + "y\\u0007".repeat(100) + "\"}").getFirst())
        .hasSizeLessThan(130)
        .doesNotContain("\u0007");
    assertThat(faults(Even.class, "{\"" + "z".repeat(100) + "\":1,\"value\":2}").getFirst())
        .contains("Known: value");
    assertThat(faults(Even.class, "[]")).containsExactly(": must be an object, not a list");
    assertThat(faults(Even.class, " ")).containsExactly(": is empty; it must be an object");
  }

  @Test
  void leavesBrokenTextToTheParser() {
    for (String text :
        List.of(
            "{",
            "{\"value\":2}}",
            "{\"value\":2} 3",
            "{value:2}",
            "{\"value\":02}",
            "{\"value\":NaN}")) {
      assertThatThrownBy(() -> read(Even.class, text))
          .as(text)
          .isInstanceOf(JacksonException.class);
    }
  }

  @Test
  void describesUnionsTreesAndWrittenValues() {
    var definitions = new Definitions(Json.mapper(), "#/$defs/");
    assertThat(Schema.of(Everything.class, Json.mapper()).describe(definitions).toString())
        .isEqualTo("{\"$ref\":\"#/$defs/Everything\"}");
    JsonNode properties = definitions.schemas().at("/Everything/properties");
    assertThat(properties.at("/form/oneOf/1/properties/kind/const").stringValue())
        .isEqualTo("square");
    assertThat(properties.at("/code/type").stringValue()).isEqualTo("string");
    assertThat(properties.at("/object/type").stringValue()).isEqualTo("object");
    assertThat(properties.at("/array/type").stringValue()).isEqualTo("array");
    assertThat(properties.at("/set/uniqueItems").booleanValue()).isTrue();
    assertThat(properties.at("/map/maxProperties").intValue()).isEqualTo(1);
    assertThat(properties.at("/inner/anyOf/0/$ref").stringValue()).isEqualTo("#/$defs/Everything");
    assertThat(properties.at("/maybe/type/1").stringValue()).isEqualTo("null");
    Schema.of(Holder.class, Json.mapper()).describe(definitions);
    assertThat(definitions.schemas().propertyNames()).contains("Size2Box", "IntegerBox");
    Schema.of(Both.class, Json.mapper()).describe(definitions);
    assertThat(definitions.schemas().propertyNames()).contains("Same", "RightSame");
  }

  @Test
  void writesPositionsAsTokens() {
    assertThat(Json.mapper().readValue("\"00000000000000ff-7\"", Position.class))
        .isEqualTo(new Position(255, 7));
    assertThatThrownBy(() -> Json.mapper().readValue("\"nonsense\"", Position.class))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("'nonsense' is not a position");
    assertThat(Json.mapper().writeValueAsString(new Position(255, 7)))
        .isEqualTo("\"00000000000000ff-7\"");
    assertThat(Json.mapper().writeValueAsString(Map.of("s", Size2.VERY_LARGE)))
        .isEqualTo("{\"s\":\"very-large\"}");
    assertThat(Json.mapper().writeValueAsString(List.of(Duration.ofSeconds(5), Instant.EPOCH)))
        .isEqualTo("[\"PT5S\",\"1970-01-01T00:00:00Z\"]");
    assertThat(Json.mapper().readValue("\"very-large\"", Size2.class)).isEqualTo(Size2.VERY_LARGE);
    assertThatThrownBy(() -> Json.mapper().readValue("{\"value\":2,\"x\":1}", Even.class))
        .isInstanceOf(JacksonException.class);
  }

  record Paging(@Default("50") int limit, @Nullable String cursor) {}

  record Choice(String type, @JsonUnwrapped Paging page, @Nullable String queue) {}

  @Test
  void unwrappedFieldsStandBesideTheOthers() throws Exception {
    Schema<Choice> schema = Schema.of(Choice.class, Json.mapper());
    var choice = new Choice("a", new Paging(7, "c"), "q");
    String json = Json.mapper().writeValueAsString(choice);
    assertThat(Json.mapper().readTree(json).propertyNames())
        .containsExactlyInAnyOrder("type", "limit", "cursor", "queue");
    assertThat(schema.read(json.getBytes(UTF_8))).isEqualTo(choice);
    assertThat(schema.read("{\"type\":\"a\"}".getBytes(UTF_8)))
        .isEqualTo(new Choice("a", new Paging(50, null), null));
    SchemaException wrong =
        catchThrowableOfType(
            SchemaException.class,
            () -> schema.read("{\"type\":\"a\",\"limit\":\"x\",\"page\":1}".getBytes(UTF_8)));
    assertThat(wrong.faults())
        .extracting(Fault::pointer)
        .containsExactlyInAnyOrder("/limit", "/page");
  }
}
