package dev.millrace.app;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of the configuration on a component of a record. The key is the component's
 * name in kebab-case behind the record's prefix: {@code allowPrivateAddresses} of the record bound
 * at {@code draft.downloads} is {@code draft.downloads.allow-private-addresses}.
 *
 * <p>A component may be a {@link String}, {@code int}, {@code long}, {@code double}, {@code
 * boolean}, an enum, a {@link java.time.Duration} ({@code 30s}, {@code 5m}, {@code PT1H30M}), a
 * {@link DataSize} ({@code 64 MB}), a {@link java.nio.file.Path}, a {@code List<String>}, or
 * another record, whose keys then lie below this one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** The default, as it would be written in the file; an empty list or text is {@code ""}. */
  String value() default "";

  /** What it does, for the commented file: one or two plain sentences. */
  String doc();

  /** Whether nobody is shown the value. Keys that sound like a secret are one anyway. */
  boolean secret() default false;

  /** The least number, bytes or milliseconds allowed. */
  long min() default Long.MIN_VALUE;

  /** The greatest number, bytes or milliseconds allowed. */
  long max() default Long.MAX_VALUE;
}
