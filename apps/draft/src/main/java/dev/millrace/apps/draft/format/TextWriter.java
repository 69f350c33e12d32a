package dev.millrace.apps.draft.format;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a text material. Its characters and their looks stand in a JSON document of their own,
 * kept as a string in {@code content}.
 */
final class TextWriter {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Text text;
  private final JsonOut json;

  private TextWriter(Text text, JsonOut json) {
    this.text = text;
    this.json = json;
  }

  static void write(Text text, JsonOut json) {
    TextLayout layout = text.layout();
    json.whole("alignment", layout.align());
    TextLayout.Background background = layout.background();
    if (background != null) {
      json.decimal("background_alpha", background.alpha())
          .text("background_color", "#%06X".formatted(background.color()))
          .decimal("background_height", background.height())
          .decimal("background_horizontal_offset", background.horizontalOffset() * 2 - 1)
          .decimal("background_round_radius", background.roundRadius())
          .whole("background_style", background.style())
          .decimal("background_vertical_offset", background.verticalOffset() * 2 - 1)
          .decimal("background_width", background.width());
    }
    json.whole("check_flag", checkFlag(text))
        .text("content", content(text))
        .flag("force_apply_line_max_width", false)
        .decimal("global_alpha", 1)
        .text("id", text.id())
        .decimal("letter_spacing", layout.letterSpacing() * 0.05)
        .whole("line_feed", 1)
        .decimal("line_max_width", layout.maxWidth())
        .decimal("line_spacing", 0.02 + layout.lineSpacing() * 0.05)
        .text("type", text.subtitle() ? "subtitle" : "text")
        .whole("typesetting", layout.vertical() ? 1 : 0);
  }

  /** The client shows a decoration only if its bit is set. */
  private static int checkFlag(Text text) {
    boolean border = text.look().border() != null;
    boolean shadow = text.look().shadow() != null;
    for (Text.Span span : text.spans()) {
      border |= span.look().border() != null;
      shadow |= span.look().shadow() != null;
    }
    return 7 + (border ? 8 : 0) + (text.layout().background() != null ? 16 : 0) + (shadow ? 32 : 0);
  }

  private static String content(Text text) {
    StringWriter content = new StringWriter();
    JsonGenerator generator = JSON.createGenerator(content);
    try (generator) {
      JsonOut inner = new JsonOut(generator);
      inner.object(() -> new TextWriter(text, inner).content());
    }
    return content.toString();
  }

  private void content() {
    json.list("styles", this::styles).text("text", text.text());
  }

  /** The spans, and the plain look in every gap between them. */
  private void styles() {
    int length = text.text().codePointCount(0, text.text().length());
    int done = 0;
    for (Text.Span span : text.spans()) {
      if (span.start() > done) {
        style(done, span.start(), text.look());
      }
      style(span.start(), span.end(), span.look());
      done = span.end();
    }
    if (done < length || length == 0) {
      style(done, length, text.look());
    }
  }

  private void style(int start, int end, TextLook look) {
    json.object(() -> {
      json.flag("bold", look.bold());
      String flower = text.flowerId();
      if (flower != null) {
        json.object("effectStyle", () -> json.text("id", flower).blanks("path"));
      }
      json.object(
          "fill",
          () ->
              json.decimal("alpha", 1)
                  .object(
                      "content",
                      () ->
                          json.text("render_type", "solid")
                              .object("solid", () -> solid(look.color(), look.alpha()))));
      TextLook.Font font = look.font();
      if (font != null) {
        json.object("font", () -> json.text("id", font.resourceId()).blanks("path"));
      }
      json.flag("italic", look.italic())
          .list(
              "range",
              () -> {
                json.item(start);
                json.item(end);
              });
      shadow(look);
      json.decimal("size", look.size())
          .list("strokes", () -> border(look))
          .flag("underline", look.underline());
    });
  }

  private void solid(int color, double alpha) {
    json.decimal("alpha", alpha)
        .decimals(
            "color",
            (color >> 16 & 0xFF) / 255.0,
            (color >> 8 & 0xFF) / 255.0,
            (color & 0xFF) / 255.0);
  }

  private void border(TextLook look) {
    TextLook.Border border = look.border();
    if (border != null) {
      json.object(() ->
          json.object(
                  "content",
                  () -> json.object("solid", () -> solid(border.color(), border.alpha())))
              .decimal("width", border.width() / 100 * 0.2));
    }
  }

  private void shadow(TextLook look) {
    TextLook.Shadow shadow = look.shadow();
    if (shadow != null) {
      json.list(
          "shadows",
          () ->
              json.object(() ->
                  json.decimal("alpha", shadow.alpha())
                      .decimal("angle", shadow.angle())
                      .object("content", () -> json.object("solid", () -> solid(shadow.color(), 1)))
                      .decimal("diffuse", shadow.diffuse() / 100 / 6)
                      .decimal("distance", shadow.distance())));
    }
  }
}
