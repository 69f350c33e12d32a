package dev.millrace.http.schema;

import java.util.ArrayList;
import java.util.List;

/** Collects the faults of one request, up to a limit; the rest is only counted. */
final class Faults {
  static final int LIMIT = 100;

  private final List<Fault> kept = new ArrayList<>();
  private int count;

  void add(String pointer, String detail, String code) {
    if (count++ < LIMIT) {
      kept.add(new Fault(pointer, detail, code));
    }
  }

  int count() {
    return count;
  }

  List<Fault> list() {
    return List.copyOf(kept);
  }
}
