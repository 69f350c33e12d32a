package dev.millrace.http;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Pattern;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A small API that uses every feature of the declarations once. */
final class TestApi {
  static final ProblemType ORDER_UNKNOWN =
      new ProblemType(
          "order-unknown", 404, "There is no such order", "Look the id up in the list.");

  enum Colour {
    RED,
    DARK_BLUE
  }

  record Line(
      @Doc("What is ordered.") @Size(min = 1, max = 20) String item,
      @Range(min = 1, max = 99) int count) {}

  @Doc("An order.")
  record Order(
      @Doc("Who orders.") @Size(min = 1, max = 40) String customer,
      @Size(min = 1, max = 3) List<Line> lines,
      @Default("red") Colour colour,
      @Nullable Duration delay,
      @Nullable Instant at,
      @Nullable @Pattern(value = "[a-z]+", says = "lower-case letters") String code,
      @Default("0.5") @Range(min = 0, max = 1) double weight,
      @Default("{}") Map<String, String> tags,
      @Nullable JsonNode input) {}

  record Accepted(String id, int lines, String traceparent) {}

  record Filter(
      @Default("50") @Range(min = 1, max = 100) int limit,
      @Nullable String cursor,
      @Default("[]") List<Colour> colour,
      @Nullable Boolean open) {}

  record Seen(int limit, List<Colour> colours, @Nullable Boolean open) {}

  static final Order ORDER =
      new Order(
          "Ada",
          List.of(new Line("pen", 2)),
          Colour.DARK_BLUE,
          Duration.ofSeconds(5),
          null,
          "abc",
          0.25,
          Map.of("a", "b"),
          JsonNodeFactory.instance.objectNode().put("x", 1));

  static Endpoint place() {
    return Endpoint.post("/api/v1/orders")
        .id("placeOrder")
        .summary("Place an order")
        .tags("orders")
        .body(Order.class, ORDER)
        .orYaml()
        .answers(202, Accepted.class, new Accepted("o1", 1, "00-…"))
        .problems(ORDER_UNKNOWN)
        .handle(request ->
            Reply.accepted(
                new Accepted(
                    request.body().customer(),
                    request.body().lines().size(),
                    request.traceparent())));
  }

  static Endpoint list() {
    return Endpoint.get("/api/v1/orders")
        .summary("List orders")
        .tags("orders")
        .query(Filter.class)
        .answersPage(Seen.class, new Seen(1, List.of(Colour.RED), null))
        .problems(HttpProblems.CURSOR_INVALID)
        .handle(request ->
            Reply.ok(
                new Page<>(
                    List.of(
                        new Seen(
                            request.query().limit(),
                            request.query().colour(),
                            request.query().open())),
                    null)));
  }

  static Endpoint find() {
    return Endpoint.get("/api/v1/orders/{id}")
        .summary("Find an order")
        .tags("orders")
        .path("id", "The order's id", "o1")
        .answers(200, Map.class, Map.of("id", "o1"))
        .problems(ORDER_UNKNOWN)
        .handle(request -> {
          if (request.path("id").equals("none")) {
            throw ORDER_UNKNOWN.because("There is no order 'none'.");
          }
          return Reply.ok(Map.of("id", request.path("id")));
        });
  }

  static Endpoint broken() {
    return Endpoint.get("/api/v1/broken")
        .summary("Fails")
        .answers(200, Map.class, Map.of())
        .handle(_ -> {
          throw new IllegalStateException("secret detail");
        });
  }

  static Endpoint large() {
    return Endpoint.get("/api/v1/large")
        .summary("Answers much")
        .answers(200, List.class, List.of("x"))
        .handle(_ -> Reply.ok(java.util.Collections.nCopies(1000, "the same again")));
  }

  static Endpoint echo() {
    return Endpoint.put("/api/v1/bytes")
        .summary("Counts bytes")
        .bytes("application/octet-stream")
        .maxBody(100_000)
        .answers(200, Map.class, Map.of("count", 1))
        .handle(request -> Reply.ok(Map.of("count", request.body().length)));
  }

  static List<Endpoint> all() {
    return List.of(place(), list(), find(), broken(), large(), echo());
  }

  static HttpServer start() {
    return HttpServer.builder(HttpConfig.defaults().withPort(0)).endpoints(all()).start();
  }

  private TestApi() {}
}
