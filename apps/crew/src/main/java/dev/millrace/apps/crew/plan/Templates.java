package dev.millrace.apps.crew.plan;

import dev.millrace.http.Json;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The templates: two that are always there, and those that users made. Thread-safe. */
public final class Templates {
  private static final JsonMapper JSON = Json.mapper();
  private static final String ALL = "SELECT body FROM crew_templates ORDER BY id";
  private static final String PUT =
      "INSERT INTO crew_templates (id, body) VALUES (?, ?)"
          + " ON CONFLICT (id) DO UPDATE SET body = excluded.body";
  private static final String DELETE = "DELETE FROM crew_templates WHERE id = ?";

  private final Store store;
  private volatile Map<String, Template> known = Map.of();

  public Templates(Store store) {
    this.store = store;
    reload();
  }

  /** By id. */
  public Collection<Template> all() {
    return known.values();
  }

  public Optional<Template> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Adds or replaces a template that was checked. */
  public void put(Template template) {
    String body = JSON.writeValueAsString(template);
    store.write(tx -> tx.update(PUT, template.id(), body));
    reload();
  }

  /** Removes one that a user made; false if there is none. */
  public boolean remove(String id) {
    int gone = store.compute(tx -> tx.update(DELETE, id)).value();
    reload();
    return gone > 0;
  }

  private synchronized void reload() {
    List<String> bodies = store.read((Snapshot view) -> view.query(ALL, row -> row.getString(1)));
    Map<String, Template> fresh = new TreeMap<>();
    bodies.forEach(body -> {
      Template template = JSON.readValue(body, Template.class);
      fresh.put(template.id(), template);
    });
    BuiltInTemplates.ALL.forEach(template -> fresh.put(template.id(), template));
    known = Collections.unmodifiableMap(fresh);
  }
}
