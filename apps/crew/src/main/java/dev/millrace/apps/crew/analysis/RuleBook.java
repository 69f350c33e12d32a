package dev.millrace.apps.crew.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules by which requests are read: those shipped, and those of a file that replaces them rule
 * by rule and adds others. Immutable, thread-safe.
 */
public final class RuleBook {
  static final String GENERAL = "general";

  private static final long MOST_BYTES = 4 << 20;
  private static final int MOST_CHARACTERS = 60_000;
  private static final int LONGEST_TERM = 64;
  private static final String SHIPPED = "rules.json";
  private static final Set<String> PER = Set.of("once", "occurrence");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final List<Rule> rules;
  private final Map<Kind, List<Rule>> byKind = new EnumMap<>(Kind.class);
  private final TermIndex index;

  /** By term of the index: the places of the rules that have it. */
  private final int[][] rulesOf;

  private final Map<String, List<String>> defaults;
  private final List<String> keep;
  private final Map<String, String> stageOf;

  private RuleBook(Draft draft) {
    this.rules = List.copyOf(draft.rules);
    for (Kind kind : Kind.values()) {
      byKind.put(kind, rules.stream().filter(rule -> rule.kind() == kind).toList());
    }
    this.index = new TermIndex(new ArrayList<>(draft.terms.keySet()));
    this.rulesOf =
        draft.terms.values().stream()
            .map(places -> places.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.defaults = Map.copyOf(draft.defaults);
    this.keep = List.copyOf(draft.keep);
    this.stageOf = Map.copyOf(draft.stageOf);
  }

  /** The rules that are shipped, read when they are first asked for. */
  public static RuleBook shipped() {
    return Shipped.BOOK;
  }

  private static final class Shipped {
    static final RuleBook BOOK = new RuleBook(draft(List.of(readShipped())));
  }

  /**
   * The shipped rules, changed and extended by {@code file}.
   *
   * @throws RuleException if the file cannot be read or used, naming the place
   */
  public static RuleBook with(Path file) {
    return new RuleBook(draft(List.of(readShipped(), read(file))));
  }

  List<Rule> rules() {
    return rules;
  }

  List<Rule> rules(Kind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  TermIndex index() {
    return index;
  }

  /** How many terms the index has. */
  int terms() {
    return rulesOf.length;
  }

  int[] rulesOf(int term) {
    return rulesOf[term];
  }

  /** The roles for a domain of which no pattern was found. */
  List<String> defaults(String domain) {
    return defaults.getOrDefault(domain, defaults.getOrDefault(GENERAL, List.of()));
  }

  /** Roles that stay when there are too many. */
  List<String> keep() {
    return keep;
  }

  /** The stage that a role works in, if the rules say. */
  public Optional<String> stageOf(String role) {
    return Optional.ofNullable(stageOf.get(role));
  }

  /** The names of the patterns that ask for {@code role}: the skills that it has. */
  public List<String> skillsOf(String role) {
    return rules.stream()
        .filter(rule -> rule.roles().contains(role))
        .map(Rule::name)
        .distinct()
        .toList();
  }

  private record Source(String name, RuleFile file) {}

  private static Source readShipped() {
    try (InputStream in = RuleBook.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException("the rules " + SHIPPED + " are not in the jar; a bug");
      }
      return new Source(SHIPPED, parse(SHIPPED, in.readAllBytes()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Source read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new RuleException(
            "the rules " + file + " have more than " + MOST_BYTES + " bytes; make them smaller");
      }
      return new Source(file.toString(), parse(file.toString(), Files.readAllBytes(file)));
    } catch (IOException failure) {
      throw new RuleException(
          "the rules " + file + " cannot be read; mend crew.rules or the file's rights", failure);
    }
  }

  private static RuleFile parse(String name, byte[] json) {
    try {
      return JSON.readValue(json, RuleFile.class);
    } catch (JacksonException wrong) {
      throw new RuleException(
          "the rules "
              + name
              + " cannot be used: "
              + wrong.getOriginalMessage()
              + " (line "
              + (wrong.getLocation() == null ? "?" : wrong.getLocation().getLineNr())
              + ")",
          wrong);
    }
  }

  private static Draft draft(List<Source> sources) {
    Draft draft = new Draft();
    for (Source source : sources) {
      draft.take(source);
    }
    draft.number();
    return draft;
  }

  /** Rules of several files while they are put together; later ones replace by name. */
  private static final class Draft {
    private record Key(Kind kind, String name) {}

    private record Found(Rule rule, List<String> terms) {}

    private final Map<Key, Found> found = new LinkedHashMap<>();
    final List<Rule> rules = new ArrayList<>();
    final Map<String, List<Integer>> terms = new LinkedHashMap<>();
    final Map<String, List<String>> defaults = new LinkedHashMap<>();
    List<String> keep = List.of();
    final Map<String, String> stageOf = new LinkedHashMap<>();

    void take(Source source) {
      RuleFile file = source.file();
      each(source, Kind.KEYWORDS, file.keywords(), words -> plain(Kind.KEYWORDS, words));
      each(
          source,
          Kind.COMPLEXITY,
          file.complexity(),
          points -> {
            String per = points.per() == null ? "once" : points.per();
            if (!PER.contains(per)) {
              throw wrong(
                  source, Kind.COMPLEXITY, points, "per is '" + per + "'; use one of " + PER);
            }
            add(
                Kind.COMPLEXITY,
                points,
                points.points(),
                1,
                per.equals("occurrence"),
                List.of(),
                "");
          });
      each(
          source,
          Kind.DOMAINS,
          file.domains(),
          domain -> add(Kind.DOMAINS, domain, 0, 1, false, List.of(), domain.agents()));
      each(source, Kind.PREMIUM, file.premium(), words -> plain(Kind.PREMIUM, words));
      each(
          source,
          Kind.ROLES,
          file.roles(),
          roles -> {
            if (roles.roles() == null || roles.roles().isEmpty()) {
              throw wrong(
                  source, Kind.ROLES, roles, "it asks for no role; list at least one in roles");
            }
            add(Kind.ROLES, roles, 0, 1, false, List.copyOf(roles.roles()), "");
          });
      each(
          source,
          Kind.SIZE,
          file.size(),
          size -> {
            double factor = size.linesFactor() == null ? 1 : size.linesFactor();
            int modules = size.modules() == null ? 0 : size.modules();
            add(Kind.SIZE, size, modules, factor, false, List.of(), "");
          });
      each(
          source,
          Kind.PRIORITY,
          file.priority(),
          level -> {
            if (level.level() < 1 || level.level() > 5) {
              throw wrong(
                  source, Kind.PRIORITY, level, "level is " + level.level() + "; use 1 to 5");
            }
            add(Kind.PRIORITY, level, level.level(), 1, false, List.of(), "");
          });
      each(
          source,
          Kind.INDEX,
          file.index(),
          change -> add(Kind.INDEX, change, change.change(), 1, false, List.of(), ""));
      if (file.defaults() != null) {
        file.defaults().forEach((domain, roles) -> defaults.put(domain, List.copyOf(roles)));
      }
      if (file.keep() != null) {
        keep = List.copyOf(file.keep());
      }
      if (file.stages() != null) {
        file.stages().forEach((stage, roles) -> roles.forEach(role -> stageOf.put(role, stage)));
      }
    }

    private static <E extends RuleFile.Entry> void each(
        Source source, Kind kind, @Nullable List<E> entries, Consumer<E> taker) {
      if (entries == null) {
        return;
      }
      for (E entry : entries) {
        check(source, kind, entry);
        taker.accept(entry);
      }
    }

    private static void check(Source source, Kind kind, RuleFile.Entry entry) {
      if (entry.rule() == null || entry.rule().isBlank()) {
        throw wrong(source, kind, entry, "it has no name; give it one in rule");
      }
      if (entry.terms() == null || entry.terms().isEmpty()) {
        throw wrong(source, kind, entry, "it has no terms; list at least one");
      }
      for (String term : entry.terms()) {
        int least = term.endsWith("*") ? 2 : 1;
        if (term.isBlank() || term.length() < least || term.length() > LONGEST_TERM) {
          throw wrong(
              source,
              kind,
              entry,
              "the term '" + term + "' is not allowed; use 1 to " + LONGEST_TERM + " characters");
        }
      }
    }

    private static RuleException wrong(
        Source source, Kind kind, RuleFile.Entry entry, String what) {
      return new RuleException(
          "the rules "
              + source.name()
              + ", "
              + kind.name().toLowerCase(java.util.Locale.ROOT)
              + ", rule '"
              + entry.rule()
              + "': "
              + what);
    }

    private void plain(Kind kind, RuleFile.Entry entry) {
      add(kind, entry, 0, 1, false, List.of(), "");
    }

    private void add(
        Kind kind,
        RuleFile.Entry entry,
        double worth,
        double factor,
        boolean perOccurrence,
        List<String> roles,
        String agents) {
      Rule rule = new Rule(0, kind, entry.rule(), worth, factor, perOccurrence, roles, agents);
      found.put(new Key(kind, entry.rule()), new Found(rule, List.copyOf(entry.terms())));
    }

    void number() {
      int characters = 0;
      for (Found each : found.values()) {
        Rule rule = each.rule();
        int place = rules.size();
        rules.add(
            new Rule(
                place,
                rule.kind(),
                rule.name(),
                rule.worth(),
                rule.factor(),
                rule.perOccurrence(),
                rule.roles(),
                rule.agents()));
        for (String term : each.terms()) {
          characters += term.length();
          terms.computeIfAbsent(term, _ -> new ArrayList<>()).add(place);
        }
      }
      if (characters > MOST_CHARACTERS) {
        throw new RuleException(
            "the rules have terms of "
                + characters
                + " characters in all; at most "
                + MOST_CHARACTERS
                + " are allowed, so leave some out");
      }
    }
  }
}
