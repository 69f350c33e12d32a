package dev.millrace.http.schema;

import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** The limits that a record component's annotations set. */
record Limits(@Nullable Range range, @Nullable Size size, @Nullable Pattern pattern) {
  static final Limits NONE = new Limits(null, null, null);

  static Limits of(RecordComponent component) {
    return new Limits(
        component.getAnnotation(Range.class),
        component.getAnnotation(Size.class),
        component.getAnnotation(Pattern.class));
  }

  /** What goes for the elements of a list or map: the size is the list's own. */
  Limits ofElements() {
    return new Limits(range, null, pattern);
  }

  TextShape text() {
    return new TextShape(
        size == null ? 0 : size.min(),
        size == null ? Integer.MAX_VALUE : size.max(),
        pattern == null ? null : java.util.regex.Pattern.compile(pattern.value()),
        pattern == null ? "" : pattern.says());
  }

  WholeShape whole(boolean isInt) {
    long least = isInt ? Integer.MIN_VALUE : Long.MIN_VALUE;
    long most = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
    // A double beyond the long's range is cut to that range by the conversion.
    return new WholeShape(
        isInt,
        range == null ? least : Math.max(least, (long) Math.ceil(range.min())),
        range == null ? most : Math.min(most, (long) Math.floor(range.max())));
  }

  NumberShape number(boolean exact) {
    return new NumberShape(
        exact,
        range == null ? Double.NEGATIVE_INFINITY : range.min(),
        range == null ? Double.POSITIVE_INFINITY : range.max());
  }

  ListShape list(Shape element, boolean isSet) {
    return new ListShape(
        element,
        isSet,
        size == null ? 0 : size.min(),
        size == null ? Integer.MAX_VALUE : size.max());
  }

  MapShape map(Shape value) {
    return new MapShape(
        value, size == null ? 0 : size.min(), size == null ? Integer.MAX_VALUE : size.max());
  }
}
