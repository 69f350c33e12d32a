package dev.millrace.app;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The given values of the configuration, from which records are made. Immutable.
 *
 * <p>What is not given takes the default that its {@link Setting} names, so a record made from
 * {@link #defaults()} is the configuration of a fresh installation.
 */
public final class Settings {
  /**
   * A value and where it was given, such as {@code millrace.yaml} or {@code --set}, for messages
   * and for {@code millrace config}.
   */
  public record Given(String text, String source) {}

  private static final Settings DEFAULTS = new Settings(Map.of());

  private final Map<String, Given> given;

  /** Settings with these values, by full key. */
  public Settings(Map<String, Given> given) {
    this.given = Map.copyOf(given);
  }

  /** Settings in which nothing is given. */
  public static Settings defaults() {
    return DEFAULTS;
  }

  /** What was given for {@code key}, or null. */
  public @Nullable Given given(String key) {
    return given.get(key);
  }

  /**
   * Makes the record whose keys lie below {@code prefix}.
   *
   * @throws SettingException if a value cannot be read or is out of its range
   */
  public <R extends Record> R bind(String prefix, Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(prefix + "." + SettingKey.kebab(components[i].getName()), components[i]);
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new SettingException(prefix + ": " + refused.getTargetException().getMessage());
    } catch (ReflectiveOperationException bug) {
      throw new IllegalArgumentException("cannot make " + type.getName() + "; a bug", bug);
    }
  }

  private Object value(String key, RecordComponent component) {
    if (component.getType().isRecord() && component.getType() != DataSize.class) {
      return bind(key, component.getType().asSubclass(Record.class));
    }
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalArgumentException(key + " lacks @Setting; this is a bug");
    }
    Given text = given.getOrDefault(key, new Given(setting.value(), "default"));
    return check(new SettingKey(key, component.getGenericType(), setting), text);
  }

  /**
   * Reads {@code given} as the type of {@code key}.
   *
   * @throws SettingException if it cannot be read or is out of its range
   */
  public static Object check(SettingKey key, Given given) {
    try {
      return SettingText.read(key, given.text());
    } catch (IllegalArgumentException wrong) {
      throw new SettingException(
          key.name()
              + ": "
              + wrong.getMessage()
              + " (given by "
              + given.source()
              + "). "
              + key.setting().doc());
    }
  }
}
