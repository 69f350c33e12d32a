package dev.millrace.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.http.schema.SchemaException;
import dev.millrace.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the schemas of the document, and our reading of bodies, against a validator of others. */
class IndependentTest {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "1",
          "100",
          "-1",
          "1.5",
          "99999999999",
          "\"\"",
          "\"red\"",
          "\"Red\"",
          "\"abc\"",
          "\"ABC\"",
          "\"PT5S\"",
          "\"2026-11-22T02:00:00Z\"",
          "\"" + "x".repeat(50) + "\"",
          "[]",
          "{}",
          "[1]",
          "[\"a\"]",
          "{\"a\":1}",
          "{\"a\":\"b\"}",
          "{\"item\":\"pen\",\"count\":2}",
          "[{\"item\":\"pen\",\"count\":2}]",
          "[{\"item\":\"pen\"}]");

  private final ObjectNode document = OpenApi.of(About.DEFAULT, TestApi.all(), Json.mapper());

  /** A schema of the document, which finds what it refers to beside itself. */
  private Schema independent(JsonNode schema) {
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", document.path("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
  }

  @Test
  void findsThatEveryExampleFitsItsSchema() {
    var checked = new AtomicInteger();
    contents(
        document,
        content -> {
          assertThat(independent(content.path("schema")).validate(content.path("example")))
              .as(content.toString())
              .isEmpty();
          checked.incrementAndGet();
        });
    assertThat(checked.get()).isGreaterThanOrEqualTo(TestApi.all().size());
    document
        .at("/components/examples")
        .forEach(example ->
            assertThat(
                    independent(
                            Json.mapper()
                                .createObjectNode()
                                .put("$ref", "#/components/schemas/Problem"))
                        .validate(example.path("value")))
                .isEmpty());
  }

  private static void contents(JsonNode node, java.util.function.Consumer<JsonNode> visitor) {
    JsonNode json = node.path("application/json");
    if (json.has("example") && json.has("schema")) {
      visitor.accept(json);
    }
    node.forEach(child -> contents(child, visitor));
  }

  @Test
  void agreesOnWhichBodiesAreValid() {
    Schema independent =
        independent(Json.mapper().createObjectNode().put("$ref", "#/components/schemas/Order"));
    var ours = dev.millrace.http.schema.Schema.of(TestApi.Order.class, Json.mapper());
    var valid = new AtomicInteger();
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 3000; i++) {
            JsonNode body = mutated(random);
            boolean expected = independent.validate(body).isEmpty();
            List<String> codes = codes(ours, body);
            // A format is more than the validator checks; our own tests look at it.
            if (!codes.isEmpty() && codes.stream().allMatch("format"::equals)) {
              continue;
            }
            assertThat(codes.isEmpty()).as("%s: %s", body, codes).isEqualTo(expected);
            valid.addAndGet(expected ? 1 : 0);
          }
        });
    assertThat(valid.get()).isBetween(100, 2500);
  }

  private static List<String> codes(dev.millrace.http.schema.Schema<?> schema, JsonNode body) {
    try {
      var _ = schema.read(body.toString().getBytes(UTF_8));
      return List.of();
    } catch (SchemaException faults) {
      return faults.faults().stream().map(fault -> fault.code()).toList();
    }
  }

  /** The example with one to three places changed, removed or added. */
  private static JsonNode mutated(SplittableRandom random) {
    JsonNode body = Json.mapper().valueToTree(TestApi.ORDER);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      List<JsonNode> places = new ArrayList<>();
      collect(body, places);
      JsonNode place = places.get(random.nextInt(places.size()));
      JsonNode value = Json.mapper().readTree(VALUES.get(random.nextInt(VALUES.size())));
      if (place instanceof ObjectNode object) {
        List<String> names = new ArrayList<>(object.propertyNames());
        names.add("another");
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
          object.remove(name);
        } else {
          object.set(name, value);
        }
      } else if (place instanceof ArrayNode array) {
        array.add(value);
      }
    }
    return body;
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainer()) {
      places.add(node);
    }
    node.forEach(child -> collect(child, places));
  }
}
