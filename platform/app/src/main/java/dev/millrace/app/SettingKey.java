package dev.millrace.app;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One key of the configuration.
 *
 * @param name such as {@code draft.downloads.allow-private-addresses}
 * @param type the Java type that its text is read as
 * @param setting default, range and meaning
 */
public record SettingKey(String name, Type type, Setting setting) {
  private static final Pattern SOUNDS_SECRET =
      Pattern.compile("(^|[.-])(password|passphrase|secret|token|credentials?|(api|private)-key)$");

  /** Whether the value is not to be shown: by its {@link Setting}, or by its name. */
  public boolean secret() {
    return setting.secret() || SOUNDS_SECRET.matcher(name).find();
  }

  /** The environment variable that sets this key. */
  public String variable() {
    return "MILLRACE_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** All keys of {@code type} bound at {@code prefix}, in the order of its components. */
  public static List<SettingKey> of(String prefix, Class<? extends Record> type) {
    List<SettingKey> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + "." + kebab(component.getName());
      if (component.getType().isRecord() && component.getType() != DataSize.class) {
        keys.addAll(of(name, component.getType().asSubclass(Record.class)));
        continue;
      }
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalArgumentException(
            type.getName() + "." + component.getName() + " lacks @Setting; this is a bug");
      }
      keys.add(new SettingKey(name, component.getGenericType(), setting));
    }
    return keys;
  }

  static String kebab(String camel) {
    StringBuilder kebab = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        kebab.append('-').append(Character.toLowerCase(c));
      } else {
        kebab.append(c);
      }
    }
    return kebab.toString();
  }
}
