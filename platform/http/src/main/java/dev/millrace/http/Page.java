package dev.millrace.http;

import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list. */
public record Page<T>(
    @Doc("The elements of this page, in the list's order.") List<T> items,
    @Doc("The cursor of the next page; null at the end.") @Nullable String next) {

  public Page {
    items = List.copyOf(items);
  }
}
