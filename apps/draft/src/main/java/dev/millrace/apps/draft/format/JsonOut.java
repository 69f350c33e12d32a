package dev.millrace.apps.draft.format;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TreeNode;

/** Writes named values one after the other, so that a template reads like the JSON it makes. */
final class JsonOut {
  private final JsonGenerator out;

  JsonOut(JsonGenerator out) {
    this.out = out;
  }

  JsonOut text(String name, String value) {
    out.writeStringProperty(name, value);
    return this;
  }

  /** Several empty strings. */
  JsonOut blanks(String... names) {
    for (String name : names) {
      out.writeStringProperty(name, "");
    }
    return this;
  }

  JsonOut whole(String name, long value) {
    out.writeNumberProperty(name, value);
    return this;
  }

  JsonOut decimal(String name, double value) {
    out.writeNumberProperty(name, value);
    return this;
  }

  JsonOut flag(String name, boolean value) {
    out.writeBooleanProperty(name, value);
    return this;
  }

  /** Several booleans of one value. */
  JsonOut flags(boolean value, String... names) {
    for (String name : names) {
      out.writeBooleanProperty(name, value);
    }
    return this;
  }

  JsonOut nulls(String... names) {
    for (String name : names) {
      out.writeNullProperty(name);
    }
    return this;
  }

  JsonOut emptyLists(String... names) {
    for (String name : names) {
      out.writeArrayPropertyStart(name);
      out.writeEndArray();
    }
    return this;
  }

  JsonOut tree(String name, TreeNode value) {
    out.writeName(name);
    out.writeTree(value);
    return this;
  }

  JsonOut object(String name, Runnable body) {
    out.writeObjectPropertyStart(name);
    body.run();
    out.writeEndObject();
    return this;
  }

  /** An object without a name: the whole document or an item of a list. */
  JsonOut object(Runnable body) {
    out.writeStartObject();
    body.run();
    out.writeEndObject();
    return this;
  }

  JsonOut list(String name, Runnable body) {
    out.writeArrayPropertyStart(name);
    body.run();
    out.writeEndArray();
    return this;
  }

  JsonOut decimals(String name, double... values) {
    out.writeName(name);
    out.writeArray(values, 0, values.length);
    return this;
  }

  /** A string in a list. */
  void item(String value) {
    out.writeString(value);
  }

  /** A whole number in a list. */
  void item(long value) {
    out.writeNumber(value);
  }

  JsonOut range(String name, TimeRange range) {
    return object(
        name, () -> whole("start", range.startMicros()).whole("duration", range.durationMicros()));
  }
}
