package dev.millrace.apps.crew;

import static dev.millrace.apps.crew.CrewAppTest.texts;
import static dev.millrace.apps.crew.CrewServer.escaped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.crew.CrewServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DecisionsTest {
  @TempDir Path folder;
  private CrewServer server;

  @BeforeEach
  void start() throws Exception {
    server = new CrewServer(folder, Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Map<String, Object> decision(String title) {
    Map<String, Object> decision = new LinkedHashMap<>();
    decision.put("title", title);
    decision.put("decision", "We do it: " + title);
    return decision;
  }

  private String record(Map<String, Object> decision) throws Exception {
    Answer answer = server.post("decisions", decision);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body().path("position").asString();
  }

  private JsonNode search(String query, String position) throws Exception {
    Answer answer = server.get("decisions/search?atLeast=" + position + "&" + query);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void countsNumbersByProject() throws Exception {
    assertThat(server.post("decisions", decision("one")).body().path("id").asString())
        .isEqualTo("default:ADR-0001");
    Map<String, Object> other = decision("other");
    other.put("project", "商店");
    assertThat(server.post("decisions", other).body().path("id").asString())
        .isEqualTo("商店:ADR-0001");
    assertThat(server.post("decisions", decision("two")).body().path("number").asString())
        .isEqualTo("ADR-0002");
    assertThat(server.get("decisions/ADR-0002").body().path("title").asString()).isEqualTo("two");
    assertThat(server.get("decisions/" + escaped("商店:ADR-0001")).body().path("title").asString())
        .isEqualTo("other");
    assertThat(server.get("decisions/ADR-0009").status()).isEqualTo(404);
    assertThat(server.get("decisions/x").status()).isEqualTo(400);
  }

  @Test
  void numbersGoOnAfterARestart() throws Exception {
    record(decision("one"));
    server.close();
    server = new CrewServer(folder, Map.of());
    assertThat(server.post("decisions", decision("two")).body().path("number").asString())
        .isEqualTo("ADR-0002");
  }

  @Test
  void recordsManyInOrder() throws Exception {
    List<Map<String, Object>> many = new ArrayList<>();
    for (int i = 1; i <= 250; i++) {
      many.add(decision("number " + i));
    }
    JsonNode answer = server.post("decisions/batch", Map.of("decisions", many)).body();
    assertThat(answer.path("items")).hasSize(250);
    assertThat(answer.at("/items/249/id").asString()).isEqualTo("default:ADR-0250");
    assertThat(server.get("decisions/ADR-0123").body().path("title").asString())
        .isEqualTo("number 123");
    List<String> titles = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = server.get("decisions?limit=100" + cursor).body();
      titles.addAll(texts(page.path("items"), "title"));
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asString();
    } while (cursor != null);
    assertThat(titles).hasSize(250).doesNotHaveDuplicates().startsWith("number 250", "number 249");
    JsonNode analytics = search("q=number&limit=1", answer.path("position").asString());
    assertThat(analytics.path("items")).hasSize(1);
    JsonNode counts = server.get("decisions/analytics").body();
    assertThat(counts.path("total").asInt()).isEqualTo(250);
    assertThat(counts.at("/byStatus/0/count").asInt()).isEqualTo(250);
  }

  @Test
  void findsByWordsTagsPeopleAndTime() throws Exception {
    Map<String, Object> first = decision("选择数据库作为主要存储");
    first.put("tags", List.of("数据库", "C++ core"));
    first.put("decisionMaker", "李雷 Li");
    first.put("date", "2025-03-31T23:59:59Z");
    Map<String, Object> second = decision("Use JWT tokens for the login");
    second.put("tags", List.of("security"));
    second.put("decisionMaker", "Ada");
    second.put("date", "2026-02-01T00:00:00Z");
    second.put("project", "shop");
    Map<String, Object> third = decision("据库与数据分开");
    third.put("status", "proposed");
    third.put("date", "2026-02-03T12:00:00Z");
    record(first);
    record(second);
    String position = record(third);
    String one = "default:ADR-0001";
    String two = "shop:ADR-0001";
    String three = "default:ADR-0002";
    assertThat(found("q=" + escaped("数据库"), position)).containsExactly(one);
    assertThat(found("q=" + escaped("存储"), position)).containsExactly(one);
    assertThat(found("q=" + escaped("储"), position)).containsExactly(one);
    assertThat(found("q=" + escaped("据库"), position)).containsExactly(three, one);
    assertThat(found("q=jwt", position)).containsExactly(two);
    assertThat(found("q=tok+log", position)).containsExactly(two);
    assertThat(found("q=oken", position)).isEmpty();
    assertThat(found("q=" + escaped("\"'*() AND"), position)).isEmpty();
    assertThat(found("tag=" + escaped("c++ CORE"), position)).containsExactly(one);
    assertThat(found("tag=security", position)).containsExactly(two);
    assertThat(found("maker=ada", position)).containsExactly(two);
    assertThat(found("maker=" + escaped("李雷 Li"), position)).containsExactly(one);
    assertThat(found("project=shop", position)).containsExactly(two);
    assertThat(found("status=proposed", position)).containsExactly(three);
    assertThat(found("from=2026-01-01T00:00:00Z", position)).containsExactly(three, two);
    assertThat(found("to=2026-02-01T00:00:00Z", position)).containsExactly(one);
    assertThat(found("from=2025-03-31T23:59:59Z&to=2026-02-03T12:00:00Z", position))
        .containsExactly(two, one);
    assertThat(found("from=2025-04-01T00:00:00Z&to=2025-12-31T00:00:00Z", position)).isEmpty();
    Answer refused = server.get("decisions/search?atLeast=0000000000000000-1");
    assertThat(refused.status()).isEqualTo(412);
  }

  private List<String> found(String query, String position) throws Exception {
    return texts(search(query, position).path("items"), "id");
  }

  @Test
  void supersedesInBothDirections() throws Exception {
    record(decision("old"));
    Map<String, Object> newer = decision("new");
    newer.put("supersedes", List.of("ADR-0001"));
    String position = record(newer);
    JsonNode old = server.get("decisions/ADR-0001").body();
    assertThat(old.path("status").asString()).isEqualTo("superseded");
    assertThat(old.path("supersededBy").asString()).isEqualTo("default:ADR-0002");
    assertThat(texts(server.get("decisions/ADR-0002").body().path("supersedes")))
        .containsExactly("default:ADR-0001");
    assertThat(found("status=superseded", position)).containsExactly("default:ADR-0001");
    assertThat(found("status=accepted", position)).containsExactly("default:ADR-0002");
    assertThat(server.post("decisions", newer).status()).isEqualTo(409);
    Map<String, Object> lost = decision("lost");
    lost.put("supersedes", List.of("ADR-0077"));
    assertThat(server.post("decisions", lost).status()).isEqualTo(404);
    assertThat(server.post("decisions", decision("next")).body().path("number").asString())
        .as("a refused decision takes no number")
        .isEqualTo("ADR-0003");
    JsonNode network = server.get("decisions/ADR-0001/network").body();
    assertThat(texts(network.path("nodes"), "id"))
        .containsExactly("default:ADR-0001", "default:ADR-0002");
    assertThat(network.at("/edges/0/from").asString()).isEqualTo("default:ADR-0002");
  }

  @Test
  void drawsAllThatTookThePlaceOfOthers() throws Exception {
    record(decision("a"));
    Map<String, Object> b = decision("b");
    b.put("supersedes", List.of("ADR-0001"));
    record(b);
    record(decision("alone"));
    Map<String, Object> c = decision("c");
    c.put("project", "shop");
    c.put("supersedes", List.of("ADR-0002"));
    record(c);
    JsonNode all = server.get("decisions/network").body();
    assertThat(texts(all.path("nodes"), "id"))
        .containsExactly("shop:ADR-0001", "default:ADR-0002", "default:ADR-0001");
    assertThat(texts(all.path("edges"), "to"))
        .containsExactly("default:ADR-0002", "default:ADR-0001");
    assertThat(all.path("cut").asBoolean()).isFalse();
    JsonNode shop = server.get("decisions/network?project=shop").body();
    assertThat(texts(shop.path("nodes"), "id"))
        .containsExactly("shop:ADR-0001", "default:ADR-0002");
    assertThat(server.get("decisions/network?project=none").body().path("nodes")).isEmpty();
    for (int i = 0; i < 4; i++) {
      server.post(
          "decisions/ADR-0003/impacts",
          Map.of("type", "cost", "description", "impact " + i, "outcome", "positive"));
    }
    JsonNode with = server.get("decisions/network").body();
    assertThat(texts(with.path("nodes"), "title"))
        .endsWith("alone", "impact 1", "impact 2", "impact 3");
    assertThat(with.path("cut").asBoolean()).isTrue();
    assertThat(server.get("decisions/network?project=shop").body().path("nodes")).hasSize(2);
  }

  @Test
  void changesStatusOnlyAsAllowed() throws Exception {
    Map<String, Object> open = decision("open");
    open.put("status", "proposed");
    record(open);
    assertThat(status("ADR-0001", "deprecated").status()).isEqualTo(409);
    assertThat(status("ADR-0001", "rejected").status()).isEqualTo(200);
    assertThat(status("ADR-0001", "proposed").status()).isEqualTo(200);
    assertThat(status("ADR-0001", "accepted").body().path("status").asString())
        .isEqualTo("accepted");
    assertThat(status("ADR-0001", "superseded").status()).isEqualTo(409);
    record(decision("newer"));
    Answer superseded =
        server.send(
            "PUT",
            "decisions/ADR-0001/status",
            Map.of("status", "superseded", "supersededBy", "ADR-0002"));
    assertThat(superseded.body().path("supersededBy").asString()).isEqualTo("default:ADR-0002");
    JsonNode counts = counts();
    assertThat(counts.path("byStatus").toString())
        .isEqualTo("[{\"name\":\"accepted\",\"count\":1},{\"name\":\"superseded\",\"count\":1}]");
  }

  private JsonNode counts() throws Exception {
    search("q=x", server.store.position().toString());
    return server.get("decisions/analytics").body();
  }

  private Answer status(String id, String status) throws Exception {
    return server.send("PUT", "decisions/" + id + "/status", Map.of("status", status));
  }

  @Test
  void keepsImpacts() throws Exception {
    record(decision("fast"));
    Answer added =
        server.post(
            "decisions/ADR-0001/impacts",
            Map.of("type", "performance", "description", "快四倍", "metrics", Map.of("rate", 4)));
    assertThat(added.status()).isEqualTo(201);
    JsonNode impacts = server.get("decisions/ADR-0001/impacts").body().path("items");
    assertThat(impacts.get(0).path("description").asString()).isEqualTo("快四倍");
    assertThat(impacts.get(0).at("/metrics/rate").asDouble()).isEqualTo(4);
    assertThat(server.get("decisions/ADR-0001/network").body().path("nodes")).hasSize(2);
    assertThat(
            server
                .post("decisions/ADR-0002/impacts", Map.of("type", "a", "description", "b"))
                .status())
        .isEqualTo(404);
  }

  @Test
  void refusesWhatIsNoDecisionAndNamesThePlace() throws Exception {
    Answer empty =
        server.post("decisions", Map.of("title", "", "decision", "x", "tagz", List.of()));
    assertThat(empty.status()).isEqualTo(422);
    assertThat(texts(empty.body().path("errors"), "pointer")).contains("/title", "/tagz");
    Map<String, Object> bad = decision("bad");
    bad.put("supersedes", List.of("nonsense"));
    assertThat(server.post("decisions", bad).body().at("/errors/0/pointer").asString())
        .isEqualTo("/supersedes/0");
  }
}
