package dev.millrace.apps.crew.analysis;

import dev.millrace.apps.crew.analysis.Analysis.Because;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests by the rules of a book: what it takes, who is needed, and the text behind each of
 * these decisions. One pass over the text, nothing kept between requests. Thread-safe.
 */
public final class Analyzer {
  /** What is meant where a request says nothing about its priority. */
  public static final int USUAL_PRIORITY = 3;

  private static final String TESTER = "test-engineer";
  private static final double START_INDEX = 5;
  private static final double PER_DOMAIN = 0.5;
  private static final int LONG_TEXT = 500;
  private static final int VERY_LONG_TEXT = 1_000;
  private static final double MANY_HANDS = 0.8;
  private static final double HOURS_A_MODULE = 0.3;
  private static final String ANY_AGENTS = "business";

  private final Supplier<RuleBook> book;

  /**
   * @param book asked for each request, so that rules which nobody needs are not read
   */
  public Analyzer(Supplier<RuleBook> book) {
    this.book = book;
  }

  /** Reads a request; any text has an answer. */
  public Analysis analyze(String text) {
    Hits hits = new Hits(book.get(), text);
    List<Rule> patterns = inOrder(hits);
    List<Match> complexityWhy = new ArrayList<>();
    int points = points(hits, patterns, complexityWhy);
    Complexity complexity = Complexity.of(points);
    List<Rule> domains = domains(hits);
    Rule domain = domains.isEmpty() ? null : domains.getFirst();
    String domainName = domain == null ? RuleBook.GENERAL : domain.name();
    List<Match> indexWhy = new ArrayList<>();
    double index = index(text, hits, domains, indexWhy);
    List<Match> why = new ArrayList<>();
    List<String> roles = roles(patterns, domainName, complexity, hits, why);
    List<Match> sizeWhy = new ArrayList<>();
    Size size = size(hits, complexity, sizeWhy);
    List<Match> priorityWhy = new ArrayList<>();
    int priority = priority(hits, priorityWhy);
    List<Match> tierWhy = all(hits, Kind.PREMIUM);
    DurationWords.Found duration = DurationWords.find(text);
    return new Analysis(
        complexity,
        points,
        index,
        domainName,
        domains.stream().map(Rule::name).toList(),
        domain == null ? ANY_AGENTS : domain.agents(),
        priority,
        tierWhy.isEmpty() ? Tier.STANDARD : Tier.PREMIUM,
        Thinking.of(index),
        size,
        duration == null ? null : duration.duration(),
        hours(complexity, roles.size(), size),
        roles,
        patterns.stream().map(Rule::name).toList(),
        keywords(hits),
        why,
        new Because(
            complexityWhy,
            indexWhy,
            all(hits, domains),
            priorityWhy,
            tierWhy,
            sizeWhy,
            durationWhy(text, duration)));
  }

  /** The patterns found, by the place of their first match. */
  private List<Rule> inOrder(Hits hits) {
    List<Rule> found = new ArrayList<>();
    for (Rule rule : hits.rules(Kind.ROLES)) {
      if (hits.has(rule)) {
        found.add(rule);
      }
    }
    found.sort(Comparator.comparingInt(hits::start));
    return found;
  }

  private int points(Hits hits, List<Rule> patterns, List<Match> why) {
    int points = 0;
    for (Rule rule : hits.rules(Kind.COMPLEXITY)) {
      if (hits.has(rule)) {
        int worth = (int) (rule.worth() * (rule.perOccurrence() ? hits.count(rule) : 1));
        points += worth;
        why.add(hits.match(rule, Rule.signed(worth)));
      }
    }
    for (int i = 1; i < patterns.size(); i++) {
      points++;
      why.add(hits.match(patterns.get(i), "+1"));
    }
    return points;
  }

  /** The domains found, most hits first; of as many hits, in the order of the book. */
  private List<Rule> domains(Hits hits) {
    List<Rule> found = new ArrayList<>();
    for (Rule rule : hits.rules(Kind.DOMAINS)) {
      if (hits.has(rule)) {
        found.add(rule);
      }
    }
    found.sort(Comparator.comparingInt(rule -> -hits.count(rule)));
    return found;
  }

  private double index(String text, Hits hits, List<Rule> domains, List<Match> why) {
    double index = START_INDEX;
    for (Rule rule : hits.rules(Kind.INDEX)) {
      if (hits.has(rule)) {
        index += rule.worth();
        why.add(hits.match(rule, rule.effect()));
      }
    }
    for (Rule domain : domains) {
      index += PER_DOMAIN;
      why.add(hits.match(domain, "+0.5"));
    }
    int length = text.codePointCount(0, text.length());
    if (length > LONG_TEXT) {
      int more = length > VERY_LONG_TEXT ? 2 : 1;
      index += more;
      why.add(new Match("length", length + " characters", 0, "+" + more));
    }
    return Math.clamp(index, 1, 10);
  }

  private List<String> roles(
      List<Rule> patterns, String domain, Complexity complexity, Hits hits, List<Match> why) {
    Set<String> roles = new LinkedHashSet<>();
    for (Rule pattern : patterns) {
      roles.addAll(pattern.roles());
      why.add(hits.match(pattern, pattern.effect()));
    }
    if (patterns.isEmpty()) {
      roles.addAll(hits.book().defaults(domain));
      why.add(
          new Match(
              "default", "", 0, String.join(", ", roles) + ": no pattern, so those of " + domain));
    }
    if (complexity != Complexity.SIMPLE) {
      roles.add(TESTER);
    }
    return cut(roles, complexity.roles, hits.book().keep());
  }

  /** Keeps those that are always kept, then the first; in the order in which they were found. */
  private static List<String> cut(Set<String> roles, int most, List<String> always) {
    if (roles.size() <= most) {
      return List.copyOf(roles);
    }
    Set<String> kept = new LinkedHashSet<>();
    for (String role : always) {
      if (roles.contains(role) && kept.size() < most) {
        kept.add(role);
      }
    }
    for (String role : roles) {
      if (kept.size() < most) {
        kept.add(role);
      }
    }
    return roles.stream().filter(kept::contains).toList();
  }

  private Size size(Hits hits, Complexity complexity, List<Match> why) {
    double lines = complexity.lines;
    int modules = complexity.modules;
    for (Rule rule : hits.rules(Kind.SIZE)) {
      if (hits.has(rule)) {
        lines *= rule.factor();
        modules += (int) rule.worth();
        why.add(hits.match(rule, rule.effect()));
      }
    }
    return new Size((int) Math.round(lines), modules);
  }

  private static double hours(Complexity complexity, int roles, Size size) {
    double work = complexity.hours * (roles > 3 ? MANY_HANDS : 1);
    return Math.round((work + HOURS_A_MODULE * size.modules()) * 100) / 100.0;
  }

  private int priority(Hits hits, List<Match> why) {
    Rule highest = null;
    for (Rule rule : hits.rules(Kind.PRIORITY)) {
      if (hits.has(rule) && (highest == null || rule.worth() > highest.worth())) {
        highest = rule;
      }
    }
    if (highest == null) {
      return USUAL_PRIORITY;
    }
    why.add(hits.match(highest, highest.effect()));
    return (int) highest.worth();
  }

  private Map<String, List<String>> keywords(Hits hits) {
    Map<String, List<String>> keywords = new LinkedHashMap<>();
    for (Rule rule : hits.rules(Kind.KEYWORDS)) {
      List<String> words = hits.words(rule);
      if (!words.isEmpty()) {
        keywords.put(rule.name(), words);
      }
    }
    return keywords;
  }

  private List<Match> all(Hits hits, Kind kind) {
    return all(hits, hits.rules(kind));
  }

  private static List<Match> all(Hits hits, List<Rule> rules) {
    List<Match> found = new ArrayList<>();
    for (Rule rule : rules) {
      if (hits.has(rule)) {
        int count = hits.count(rule);
        String effect = rule.kind() == Kind.DOMAINS && count > 1 ? count + " hits" : rule.effect();
        found.add(hits.match(rule, effect));
      }
    }
    return found;
  }

  private static List<Match> durationWhy(String text, DurationWords.@Nullable Found found) {
    return found == null
        ? List.of()
        : List.of(
            new Match(
                "duration",
                text.substring(found.start(), found.end()),
                found.start(),
                found.duration().toString()));
  }
}
