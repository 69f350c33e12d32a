package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.folder.DraftRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks a finished draft against every {@link Rule}. Stateless and thread-safe. */
public final class DraftChecker {
  /** A draft of 10,000 items has about 20 MB. */
  private static final long MOST_BYTES = 256L << 20;

  private DraftChecker() {}

  /**
   * All findings about the draft in {@code folder}, at most 1,000.
   *
   * @throws IOException if the folder cannot be read; a missing or wrong file is a finding
   */
  public static List<Finding> check(Path folder) throws IOException {
    Findings findings = new Findings(DraftRoot.CONTENT);
    JsonNode content = document(folder, DraftRoot.CONTENT, Rule.DOCUMENT_READABLE, findings);
    if (content != null) {
      contentRules(folder, content, findings);
      equal(folder, findings.in(DraftRoot.INFO));
    }
    Findings metaFindings = findings.in(DraftRoot.META);
    JsonNode meta = document(folder, DraftRoot.META, Rule.META_READABLE, metaFindings);
    if (meta != null) {
      MetaRules.check(folder, meta, content, metaFindings);
    }
    return findings.all();
  }

  private static void contentRules(Path folder, JsonNode content, Findings findings)
      throws IOException {
    RequiredFields.check(content, findings);
    Materials materials = Materials.of(content, findings);
    TrackRules.check(content, materials, findings);
    TextRules.check(content, findings);
    FileRules.check(folder, content, findings);
    materials.reportUnused(findings);
  }

  private static @Nullable JsonNode document(Path folder, String name, Rule rule, Findings findings)
      throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      findings.add(rule, "", "the file is missing");
      return null;
    }
    if (Files.size(file) > MOST_BYTES) {
      findings.add(rule, "", "the file has " + Files.size(file) + " bytes, which no draft needs");
      return null;
    }
    try {
      JsonNode document =
          JsonMapper.shared()
              .readerFor(JsonNode.class)
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(Files.readAllBytes(file));
      if (document.isObject()) {
        return document;
      }
      findings.add(rule, "", "the file holds no JSON object");
    } catch (JacksonException e) {
      findings.add(
          rule,
          "",
          "the file is no JSON (a client of version 6 and later encrypts what it saves): "
              + e.getOriginalMessage());
    }
    return null;
  }

  private static void equal(Path folder, Findings findings) throws IOException {
    Path info = folder.resolve(DraftRoot.INFO);
    if (!Files.isRegularFile(info)) {
      findings.add(Rule.DOCUMENTS_EQUAL, "", "the file is missing; macOS reads only this one");
    } else if (Files.mismatch(folder.resolve(DraftRoot.CONTENT), info) >= 0) {
      findings.add(Rule.DOCUMENTS_EQUAL, "", "the file differs from " + DraftRoot.CONTENT);
    }
  }
}
