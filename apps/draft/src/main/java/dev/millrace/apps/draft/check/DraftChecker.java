package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.folder.DraftRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks a finished draft against every {@link Rule}. Thread-safe. */
public final class DraftChecker {
  /** A draft of 10,000 items has about 20 MB. */
  private static final long MOST_BYTES = 256L << 20;

  private final Path folder;
  private final Map<String, byte[]> given;

  private DraftChecker(Path folder, Map<String, byte[]> given) {
    this.folder = folder;
    this.given = given;
  }

  /** The lists of materials in the order in which the client refers to them. */
  public static List<String> referenceOrder() {
    return SegmentRules.ORDER;
  }

  /**
   * All findings about the draft in {@code folder}, at most 1,000.
   *
   * @throws IOException if the folder cannot be read; a missing or wrong file is a finding
   */
  public static List<Finding> check(Path folder) throws IOException {
    return check(folder, Map.of());
  }

  /**
   * The same, with documents as they are to be in place of those in the folder.
   *
   * @param documents by the names of their files; what is not here is read from the folder
   */
  public static List<Finding> check(Path folder, Map<String, byte[]> documents) throws IOException {
    return new DraftChecker(folder, documents).all();
  }

  private List<Finding> all() throws IOException {
    Findings findings = new Findings(DraftRoot.CONTENT);
    JsonNode content = document(DraftRoot.CONTENT, Rule.DOCUMENT_READABLE, findings);
    if (content != null) {
      contentRules(content, findings);
      equal(findings.in(DraftRoot.INFO));
    }
    Findings metaFindings = findings.in(DraftRoot.META);
    JsonNode meta = document(DraftRoot.META, Rule.META_READABLE, metaFindings);
    if (meta != null) {
      MetaRules.check(folder, meta, content, metaFindings);
    }
    return findings.all();
  }

  private void contentRules(JsonNode content, Findings findings) throws IOException {
    RequiredFields.check(content, findings);
    Materials materials = Materials.of(content, findings);
    TrackRules.check(content, materials, findings);
    TextRules.check(content, findings);
    FileRules.check(folder, content, findings);
    materials.reportUnused(findings);
  }

  private @Nullable JsonNode document(String name, Rule rule, Findings findings)
      throws IOException {
    byte[] bytes = bytes(name);
    if (bytes == null) {
      findings.add(rule, "", "the file is missing");
      return null;
    }
    if (bytes.length == 0 && given.get(name) == null && Files.size(folder.resolve(name)) > 0) {
      findings.add(
          rule,
          "",
          "the file has " + Files.size(folder.resolve(name)) + " bytes, which no draft needs");
      return null;
    }
    try {
      JsonNode document =
          JsonMapper.shared()
              .readerFor(JsonNode.class)
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(bytes);
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

  /** A document; null if there is none, empty if it is larger than any draft needs. */
  private byte @Nullable [] bytes(String name) throws IOException {
    byte[] there = given.get(name);
    Path file = folder.resolve(name);
    if (there != null || !Files.isRegularFile(file)) {
      return there;
    }
    return Files.size(file) > MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
  }

  private void equal(Findings findings) throws IOException {
    byte[] info = bytes(DraftRoot.INFO);
    if (info == null) {
      findings.add(Rule.DOCUMENTS_EQUAL, "", "the file is missing; macOS reads only this one");
    } else if (!Arrays.equals(bytes(DraftRoot.CONTENT), info)) {
      findings.add(Rule.DOCUMENTS_EQUAL, "", "the file differs from " + DraftRoot.CONTENT);
    }
  }
}
