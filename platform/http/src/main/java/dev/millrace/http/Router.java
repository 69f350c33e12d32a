package dev.millrace.http;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a path in a tree of its segments; a literal segment goes before a {@code
 * {name}}. Immutable after the constructor, thread-safe.
 */
final class Router {
  private static final int MAX_NAMES = 8;

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<Endpoint.Method, Route> routes = new EnumMap<>(Endpoint.Method.class);
    @Nullable Node named;
  }

  /** What was found: a route with the values of its names, or the methods that the path has. */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  record Match(@Nullable Route route, String[] values, Set<Endpoint.Method> allowed) {}

  private final Node root = new Node();

  Router(List<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    Node node = root;
    String path = route.endpoint.path();
    int at = 1;
    while (at <= path.length()) {
      int end = segmentEnd(path, at);
      String segment = path.substring(at, end);
      if (segment.startsWith("{")) {
        node.named = node.named == null ? new Node() : node.named;
        node = node.named;
      } else {
        node = node.literals.computeIfAbsent(segment, _ -> new Node());
      }
      at = end + 1;
    }
    if (route.names.size() > MAX_NAMES) {
      throw new IllegalArgumentException(path + " has more than " + MAX_NAMES + " names");
    }
    Route other = node.routes.putIfAbsent(route.endpoint.method(), route);
    if (other != null) {
      throw new IllegalArgumentException(
          "two endpoints answer the same requests: " + other.endpoint + " and " + route.endpoint);
    }
  }

  /**
   * Looks up a decoded path.
   *
   * @param method null for a method that no endpoint can have
   */
  Match match(Endpoint.@Nullable Method method, String path) {
    var search = new Search(method, path);
    Route route = path.startsWith("/") ? search.from(root, 1, 0) : null;
    return new Match(route, search.values, search.allowed);
  }

  private static int segmentEnd(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  /** One walk through the tree; goes back where a literal turns out to be a dead end. */
  private static final class Search {
    final Endpoint.@Nullable Method method;
    final String path;
    final String[] values = new String[MAX_NAMES];
    Set<Endpoint.Method> allowed = Set.of();

    Search(Endpoint.@Nullable Method method, String path) {
      this.method = method;
      this.path = path;
    }

    @Nullable Route from(Node node, int at, int names) {
      if (at > path.length()) {
        return ending(node);
      }
      int end = segmentEnd(path, at);
      Node literal = node.literals.get(path.substring(at, end));
      Route found = literal == null ? null : from(literal, end + 1, names);
      if (found == null && node.named != null && end > at) {
        values[names] = path.substring(at, end);
        found = from(node.named, end + 1, names + 1);
      }
      return found;
    }

    private @Nullable Route ending(Node node) {
      Route route = method == null ? null : node.routes.get(method);
      if (route == null && !node.routes.isEmpty()) {
        var more = EnumSet.copyOf(node.routes.keySet());
        more.addAll(allowed);
        allowed = more;
      }
      return route;
    }
  }
}
