package dev.millrace.apps.crew;

import static dev.millrace.apps.crew.CrewAppTest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.crew.CrewServer.Answer;
import dev.millrace.apps.crew.decisions.Markdown;
import dev.millrace.apps.crew.decisions.NewDecision;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ArchiveTest {
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

  private JsonNode importFolder(String name) throws Exception {
    Answer accepted = server.post("decisions/import", Map.of("folder", name, "project", "old"));
    assertThat(accepted.status()).as(String.valueOf(accepted.body())).isEqualTo(202);
    TaskId id = TaskId.parse(accepted.body().path("taskId").asString());
    TaskView done = server.tasks.await(id, Duration.ofSeconds(30)).orElseThrow();
    assertThat(done.state()).as(String.valueOf(done)).isEqualTo(TaskState.SUCCEEDED);
    return done.output();
  }

  @Test
  void importsAFolderWithABackupAndAReport() throws Exception {
    Path imports = Files.createDirectories(folder.resolve("crew/imports/2025"));
    for (int i = 0; i < 150; i++) {
      Files.writeString(
          imports.resolve("ADR-20250101-%06d.json".formatted(i)),
          """
          {"id": "ADR-20250101-%06d", "title": "决定 %d", "date": "2025-01-01T10:00:00.123456",
           "status": "accepted", "decision": "so it is", "decision_maker": "Ada",
           "agents_involved": ["backend-architect"], "tags": ["old"], "extra": 1,
           "options": ["SQLite", {"name": "PostgreSQL", "pros": ["fast"]}],
           "impacts": [{"type": "cost", "description": "less", "metrics": {"share": 0.5}}],
           "metadata": {"session_id": "s1"}}
          """
              .formatted(i, i));
    }
    Files.writeString(
        imports.resolve("ADR-20250102-000000.json"),
        """
        {"id": "ADR-20250102-000000", "title": "was", "decision": "old", "status": "superseded",
         "superseded_by": "ADR-20250101-000003"}
        """);
    Files.writeString(imports.resolve("broken.json"), "{\n\"title\": \"x\",\n oops}");
    Files.writeString(imports.resolve("empty.json"), "{\"title\": \"no decision\"}");
    Files.writeString(imports.resolve("page.md"), "# 页面\n\n## Decision Outcome\n\nyes\n");
    Files.writeString(imports.resolve("notes.txt"), "not looked at");
    JsonNode report = importFolder("2025");
    assertThat(report.path("files").asInt()).isEqualTo(154);
    assertThat(report.path("imported").asInt()).isEqualTo(152);
    assertThat(report.path("linked").asInt()).isEqualTo(1);
    assertThat(texts(report.path("errors"), "file")).containsExactly("broken.json", "empty.json");
    assertThat(report.at("/errors/0/why").asString()).contains("line 3");
    assertThat(report.at("/errors/1/why").asString()).contains("'decision'");
    assertThat(Path.of(report.path("backup").asString())).exists();
    JsonNode first = server.get("decisions/old:ADR-0001").body();
    assertThat(first.path("title").asString()).isEqualTo("决定 0");
    assertThat(first.path("date").asString()).isEqualTo("2025-01-01T10:00:00.123Z");
    assertThat(first.at("/options/1/pros/0").asString()).isEqualTo("fast");
    assertThat(first.at("/impacts/0/metrics/share").asDouble()).isEqualTo(0.5);
    assertThat(first.at("/metadata/origin").asString()).isEqualTo("ADR-20250101-000000");
    assertThat(server.get("decisions/old:ADR-0151").body().path("supersededBy").asString())
        .isEqualTo("old:ADR-0004");
  }

  @Test
  void refusesFoldersThatAreNotAllowed() throws Exception {
    for (String name : List.of("/etc", "..", "none", "a\u0000b")) {
      Answer refused = server.post("decisions/import", Map.of("folder", name));
      assertThat(refused.body().path("code").asString()).isEqualTo("import-folder-refused");
    }
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("crew/imports/link"), outside);
    assertThat(server.post("decisions/import", Map.of("folder", "link")).status()).isEqualTo(422);
  }

  @Test
  void writesMarkdownThatCanBeReadAgain() throws Exception {
    String body =
        """
        {"title": "Use SQLite", "decision": "We use it.\\n\\n# not a heading", "project": "shop",
         "context": "one machine\\n## still context", "reasoning": "no service\\nto run",
         "consequences": "one writer", "decisionMaker": "Ada", "tags": ["db", "存储"],
         "date": "2026-11-22T02:30:00Z", "stakeholders": ["ops"],
         "agentsInvolved": ["backend-architect"], "status": "proposed",
         "options": [{"name": "SQLite", "pros": ["one file"], "cons": ["one writer"]},
           {"name": "PostgreSQL"}]}
        """;
    assertThat(server.post("decisions", body).status()).isEqualTo(201);
    Answer text = server.get("decisions/shop:ADR-0001/markdown");
    String markdown = new String(text.raw().body(), StandardCharsets.UTF_8);
    assertThat(markdown)
        .startsWith("---\nid: shop:ADR-0001\nstatus: proposed\n")
        .contains("# Use SQLite\n", "* Good, because one file\n", "## Decision Outcome\n");
    NewDecision read = Markdown.read(markdown, "copy");
    assertThat(read.decision()).isEqualTo("We use it.\n\n# not a heading");
    assertThat(read.context()).isEqualTo("one machine\n## still context");
    assertThat(read.reasoning()).isEqualTo("no service\nto run");
    assertThat(read.options()).hasSize(2);
    assertThat(read.options().getFirst().cons()).containsExactly("one writer");
    assertThat(read.tags()).containsExactly("db", "存储");
    assertThat(read.date()).isEqualTo(Instant.parse("2026-11-22T02:30:00Z"));
    Answer copied = server.post("decisions/markdown", Map.of("text", markdown, "project", "copy"));
    assertThat(copied.body().path("id").asString()).isEqualTo("copy:ADR-0001");
    assertThat(
            new String(
                    server.get("decisions/copy:ADR-0001/markdown").raw().body(),
                    StandardCharsets.UTF_8)
                .replace("copy:", "shop:"))
        .isEqualTo(markdown);
  }

  @Test
  void keepsWhatHangsTogetherThroughExportAndImport() throws Exception {
    server.post("decisions", Map.of("title", "old", "decision", "a", "project", "shop"));
    server.post(
        "decisions",
        """
        {"title": "new", "decision": "b", "project": "shop", "supersedes": ["shop:ADR-0001"],
         "metadata": {"sessionId": "s-1", "complexity": "medium", "workflowId": "w-1"}}
        """);
    String impact =
        """
        {"type": "performance", "description": "writes (bulk) are faster", "outcome": "positive",
         "metrics": {"rate": 4.0, "share": 0.25}, "at": "2026-11-22T02:30:00Z"}
        """;
    assertThat(server.post("decisions/shop:ADR-0002/impacts", impact).status()).isEqualTo(201);
    server.post(
        "decisions/shop:ADR-0002/impacts",
        Map.of("type", "cost", "description", "less (by half)", "at", "2026-11-23T02:30:00Z"));
    Path imports = Files.createDirectories(folder.resolve("crew/imports/out"));
    for (var entry : entries("decisions/export?project=shop").entrySet()) {
      Files.writeString(imports.resolve(Path.of(entry.getKey()).getFileName()), entry.getValue());
    }
    JsonNode report = importFolder("out");
    assertThat(report.path("imported").asInt()).isEqualTo(2);
    assertThat(report.path("linked").asInt()).isEqualTo(1);
    JsonNode older = server.get("decisions/old:ADR-0001").body();
    assertThat(older.path("status").asString()).isEqualTo("superseded");
    assertThat(older.path("supersededBy").asString()).isEqualTo("old:ADR-0002");
    JsonNode newer = server.get("decisions/old:ADR-0002").body();
    assertThat(newer.path("impacts"))
        .isEqualTo(server.get("decisions/shop:ADR-0002").body().path("impacts"));
    assertThat(newer.at("/impacts/1/description").asString()).isEqualTo("less (by half)");
    assertThat(newer.at("/metadata/workflowId").asString()).isEqualTo("w-1");
    assertThat(newer.at("/metadata/origin").asString()).isEqualTo("shop:ADR-0002");
  }

  @Test
  void tiesRecordsOfOtherToolsByTheirFiles() throws Exception {
    Path imports = Files.createDirectories(folder.resolve("crew/imports/madr"));
    Files.writeString(
        imports.resolve("0001-first.md"),
        "---\nstatus: \"superseded by [ADR-0002](0002-second.md)\"\n---\n# First\n\n"
            + "## Decision Outcome\n\na\n");
    Files.writeString(imports.resolve("0002-second.md"), "# Second\n\n## Decision Outcome\n\nb\n");
    assertThat(importFolder("madr").path("linked").asInt()).isEqualTo(1);
    assertThat(server.get("decisions/old:ADR-0001").body().path("supersededBy").asString())
        .isEqualTo("old:ADR-0002");
  }

  @Test
  void tiesBothWhereOnlyTheNewerNamesTheOlder() throws Exception {
    Path imports = Files.createDirectories(folder.resolve("crew/imports/newer"));
    String text = "# %s\n\n## Decision Outcome\n\nyes\n";
    Files.writeString(imports.resolve("0001-first.md"), text.formatted("First"));
    Files.writeString(
        imports.resolve("0002-second.md"),
        "---\nsupersedes: [ADR-0001](0001-first.md), nowhere\n---\n" + text.formatted("Second"));
    Files.writeString(
        imports.resolve("0003-third.json"),
        """
        {"id": "x-3", "title": "Third", "decision": "c", "supersedes": ["0002-second"]}
        """);
    assertThat(importFolder("newer").path("linked").asInt()).isEqualTo(2);
    JsonNode first = server.get("decisions/old:ADR-0001").body();
    assertThat(first.path("status").asString()).isEqualTo("superseded");
    assertThat(first.path("supersededBy").asString()).isEqualTo("old:ADR-0002");
    assertThat(server.get("decisions/old:ADR-0002").body().path("supersededBy").asString())
        .isEqualTo("old:ADR-0003");
  }

  @Test
  void refusesTextsThatAreNoDecisions() throws Exception {
    assertThatThrownBy(() -> Markdown.read("no title", "p")).hasMessageContaining("# Title");
    assertThatThrownBy(() -> Markdown.read("# T\n", "p")).hasMessageContaining("Decision Outcome");
    Answer refused = server.post("decisions/markdown", Map.of("text", "---\nstatus"));
    assertThat(refused.body().path("code").asString()).isEqualTo("markdown-invalid");
  }

  @Test
  void exportsOneFileADecision() throws Exception {
    for (String title : List.of("选择 SQLite: 主要存储", "Use / slashes?")) {
      server.post("decisions", Map.of("title", title, "decision", "yes"));
    }
    server.post("decisions", Map.of("title", "other", "decision", "yes", "project", "shop"));
    assertThat(entries("decisions/export").keySet())
        .containsExactly(
            "default/ADR-0001-选择-sqlite-主要存储.md",
            "default/ADR-0002-use-slashes-.md",
            "shop/ADR-0001-other.md");
    assertThat(entries("decisions/export?project=shop"))
        .hasSize(1)
        .hasValueSatisfying(
            new org.assertj.core.api.Condition<>(text -> text.contains("# other"), "its text"));
  }

  private Map<String, String> entries(String path) throws Exception {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(server.get(path).raw().body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
