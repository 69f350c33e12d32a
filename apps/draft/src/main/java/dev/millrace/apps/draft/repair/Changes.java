package dev.millrace.apps.draft.repair;

import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.folder.DraftRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects what a repair changes, and says which rules it may look after. Confined to one repair.
 */
final class Changes {
  private final Set<Rule> rules;
  private final List<Change> changes = new ArrayList<>();

  Changes(Set<Rule> rules) {
    this.rules = rules;
  }

  boolean wants(Rule rule) {
    return rules.contains(rule);
  }

  void add(Rule rule, String pointer, String what) {
    changes.add(new Change(rule, DraftRoot.CONTENT, pointer, what));
  }

  void addTo(String file, Rule rule, String pointer, String what) {
    changes.add(new Change(rule, file, pointer, what));
  }

  List<Change> all() {
    return List.copyOf(changes);
  }
}
