package dev.millrace.apps.crew.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds all terms in a text in one pass, however many there are, after Aho and Corasick ("Efficient
 * string matching", 1975): a tree of all terms with a link from each node to the longest other
 * beginning that the text read so far ends with. No character is looked at twice but through such a
 * link, so no text makes it slow. Immutable, thread-safe.
 *
 * <p>Letters of the Latin alphabet are compared without case, also in their full-width forms; a
 * term that begins or ends with one of them or a digit is found only where a word begins or ends,
 * unless it ends with {@code *}. Around Chinese characters there are no such borders.
 */
final class TermIndex {
  /** Told of each term found; positions are offsets in UTF-16 units, {@code end} excluded. */
  @FunctionalInterface
  interface Found {
    void at(int term, int start, int end);
  }

  private static final int ROOT = 0;

  private final List<String> terms;
  private final boolean[] opens;
  private final boolean[] closes;
  private final int[] lengths;

  /** Open addressing over (node, character); a free place has the value -1. */
  private final int[] keys;

  private final int[] targets;
  private final int mask;

  /** By node: the longest other node whose text this node's text ends with. */
  private final int[] fall;

  /** By node: a term that ends here, or -1; and the next node on the way of falls with one. */
  private final int[] ending;

  /** By term: another that ends at the same node ({@code test} and {@code test*}), or -1. */
  private final int[] twin;

  private final int[] nextEnding;

  TermIndex(List<String> terms) {
    this.terms = List.copyOf(terms);
    int count = terms.size();
    this.opens = new boolean[count];
    this.closes = new boolean[count];
    this.lengths = new int[count];
    List<Map<Character, Integer>> tree = new ArrayList<>();
    tree.add(new HashMap<>());
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      ends[i] = plant(tree, i);
    }
    int nodes = tree.size();
    this.mask = Integer.highestOneBit(nodes * 4) * 2 - 1;
    this.keys = new int[mask + 1];
    this.targets = new int[mask + 1];
    Arrays.fill(targets, -1);
    for (int node = 0; node < nodes; node++) {
      int from = node;
      tree.get(node).forEach((c, to) -> put(from, c, to));
    }
    this.fall = new int[nodes];
    this.ending = new int[nodes];
    this.nextEnding = new int[nodes];
    Arrays.fill(ending, -1);
    this.twin = new int[count];
    for (int i = 0; i < count; i++) {
      twin[i] = ending[ends[i]];
      ending[ends[i]] = i;
    }
    link(tree);
  }

  String term(int index) {
    return terms.get(index);
  }

  private int plant(List<Map<Character, Integer>> tree, int index) {
    String term = terms.get(index);
    boolean isPrefix = term.endsWith("*");
    String text = isPrefix ? term.substring(0, term.length() - 1) : term;
    int node = ROOT;
    for (int at = 0; at < text.length(); at++) {
      char c = fold(text.charAt(at));
      Integer next = tree.get(node).get(c);
      if (next == null) {
        next = tree.size();
        tree.get(node).put(c, next);
        tree.add(new HashMap<>());
      }
      node = next;
    }
    opens[index] = isWord(fold(text.charAt(0)));
    closes[index] = !isPrefix && isWord(fold(text.charAt(text.length() - 1)));
    lengths[index] = text.length();
    return node;
  }

  /** Breadth first, so that what is shorter is linked before. */
  private void link(List<Map<Character, Integer>> tree) {
    ArrayDeque<Integer> open = new ArrayDeque<>();
    open.add(ROOT);
    while (!open.isEmpty()) {
      int node = open.remove();
      tree.get(node)
          .forEach((c, child) -> {
            fall[child] = node == ROOT ? ROOT : step(fall[node], c);
            int shorter = fall[child];
            nextEnding[child] = ending[shorter] >= 0 ? shorter : nextEnding[shorter];
            open.add(child);
          });
    }
  }

  /** Reports every occurrence of every term, in the order in which they end. */
  void scan(String text, Found found) {
    int node = ROOT;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      node = step(node, fold(text.charAt(i)));
      for (int at = ending[node] >= 0 ? node : nextEnding[node]; at != ROOT; at = nextEnding[at]) {
        for (int term = ending[at]; term >= 0; term = twin[term]) {
          int start = i + 1 - lengths[term];
          if (isWhole(text, term, start, i + 1)) {
            found.at(term, start, i + 1);
          }
        }
      }
    }
  }

  private boolean isWhole(String text, int term, int start, int end) {
    return !(opens[term] && start > 0 && isWord(fold(text.charAt(start - 1))))
        && !(closes[term] && end < text.length() && isWord(fold(text.charAt(end))));
  }

  private int step(int from, char c) {
    int node = from;
    while (true) {
      int to = get(node, c);
      if (to >= 0) {
        return to;
      }
      if (node == ROOT) {
        return ROOT;
      }
      node = fall[node];
    }
  }

  private int get(int node, char c) {
    int key = key(node, c);
    int at = spread(key) & mask;
    while (targets[at] >= 0) {
      if (keys[at] == key) {
        return targets[at];
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  private void put(int node, char c, int to) {
    int key = key(node, c);
    int at = spread(key) & mask;
    while (targets[at] >= 0) {
      at = (at + 1) & mask;
    }
    keys[at] = key;
    targets[at] = to;
  }

  /** Exact, because a rule book is refused before it has 65,536 nodes. */
  private static int key(int node, char c) {
    return node << 16 | c;
  }

  private static int spread(int key) {
    int mixed = key * 0x9E3779B1;
    return mixed ^ mixed >>> 15;
  }

  /** Lower case and half width, one character for one, so that positions stay what they are. */
  static char fold(char c) {
    char half = c >= '\uFF01' && c <= '\uFF5E' ? (char) (c - 0xFEE0) : c;
    return half >= 'A' && half <= 'Z' ? (char) (half + ('a' - 'A')) : half;
  }

  private static boolean isWord(char folded) {
    return (folded >= 'a' && folded <= 'z') || (folded >= '0' && folded <= '9');
  }
}
