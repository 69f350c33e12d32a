package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Effect;
import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.Text;
import dev.millrace.apps.draft.format.TextLayout;
import dev.millrace.apps.draft.format.TextLook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the {@code style} of a text. */
final class StyleReader {
  private static final List<String> ALIGNMENTS = List.of("left", "center", "right");

  private StyleReader() {}

  /**
   * The style of {@code owner}.
   *
   * @param base what it changes; null for the usual look of a text
   */
  static @Nullable TextStyle read(
      Fields owner, @Nullable TextStyle base, boolean centred, EffectReader effects) {
    Fields fields = owner.object("style");
    if (fields == null) {
      return base;
    }
    TextLayout usual = centred ? TextLayout.CENTRED : TextLayout.PLAIN;
    TextLook look = look(fields, base == null ? TextLook.PLAIN : base.look(), effects);
    TextLayout layout = layout(fields, base == null ? usual : base.layout());
    List<Text.Span> spans = spans(fields, look, effects);
    fields.done();
    return new TextStyle(look, layout, spans);
  }

  private static TextLook look(Fields fields, TextLook base, EffectReader effects) {
    return new TextLook(
        fields.decimalOr("size", 0.1, 300, base.size()),
        fields.flagOr("bold", base.bold()),
        fields.flagOr("italic", base.italic()),
        fields.flagOr("underline", base.underline()),
        fields.colorOr("color", base.color()),
        fields.decimalOr("alpha", 0, 1, base.alpha()),
        border(fields, base.border()),
        shadow(fields, base.shadow()),
        font(fields, base.font(), effects));
  }

  /** A name of the catalogue, or an object with a name or the client's id. */
  private static TextLook.@Nullable Font font(
      Fields owner, TextLook.@Nullable Font base, EffectReader effects) {
    JsonNode given = owner.raw("font");
    if (given == null) {
      return base;
    }
    Effect font;
    if (given.isString()) {
      font = effects.named(owner, "font", EffectKind.FONT);
    } else {
      Fields fields = owner.object("font");
      font = fields == null ? null : effects.effect(fields, EffectKind.FONT);
      if (fields != null) {
        fields.done();
      }
    }
    return font == null ? base : new TextLook.Font(font.resourceId());
  }

  private static TextLook.@Nullable Border border(Fields owner, TextLook.@Nullable Border base) {
    Fields fields = owner.object("border");
    if (fields == null) {
      return base;
    }
    TextLook.Border border =
        new TextLook.Border(
            fields.colorOr("color", 0),
            fields.decimalOr("alpha", 0, 1, 1),
            fields.decimalOr("width", 0, 100, 40));
    fields.done();
    return border;
  }

  private static TextLook.@Nullable Shadow shadow(Fields owner, TextLook.@Nullable Shadow base) {
    Fields fields = owner.object("shadow");
    if (fields == null) {
      return base;
    }
    TextLook.Shadow shadow =
        new TextLook.Shadow(
            fields.colorOr("color", 0),
            fields.decimalOr("alpha", 0, 1, 1),
            fields.decimalOr("diffuse", 0, 100, 15),
            fields.decimalOr("distance", 0, 100, 5),
            fields.decimalOr("angle", -180, 180, -45));
    fields.done();
    return shadow;
  }

  private static TextLayout layout(Fields fields, TextLayout base) {
    return new TextLayout(
        align(fields, base.align()),
        fields.flagOr("vertical", base.vertical()),
        fields.decimalOr("letterSpacing", -100, 100, base.letterSpacing()),
        fields.decimalOr("lineSpacing", -100, 100, base.lineSpacing()),
        fields.decimalOr("maxWidth", 0.01, 1, base.maxWidth()),
        background(fields, base.background()));
  }

  private static int align(Fields fields, int base) {
    String align = fields.text("align", Limits.TITLE);
    if (align == null) {
      return base;
    }
    int known = ALIGNMENTS.indexOf(align);
    if (known < 0) {
      fields.fault(
          "align",
          "unknown-word",
          "is \"" + align + "\"; give " + Nearest.sentence(align, ALIGNMENTS));
      return base;
    }
    return known;
  }

  private static TextLayout.@Nullable Background background(
      Fields owner, TextLayout.@Nullable Background base) {
    Fields fields = owner.object("background");
    if (fields == null) {
      return base;
    }
    Integer style = fields.whole("style", 1, 2);
    TextLayout.Background background =
        new TextLayout.Background(
            style == null ? 1 : style,
            fields.colorOr("color", 0),
            fields.decimalOr("alpha", 0, 1, 1),
            fields.decimalOr("roundRadius", 0, 1, 0),
            fields.decimalOr("height", 0, 1, 0.14),
            fields.decimalOr("width", 0, 1, 0.14),
            fields.decimalOr("horizontalOffset", 0, 1, 0.5),
            fields.decimalOr("verticalOffset", 0, 1, 0.5));
    fields.done();
    return background;
  }

  private static List<Text.Span> spans(Fields owner, TextLook base, EffectReader effects) {
    List<Text.Span> spans = new ArrayList<>();
    for (Fields fields : owner.objects("ranges", Limits.SPANS)) {
      Integer start = fields.whole("start", 0, Limits.TEXT);
      Integer end = fields.whole("end", 1, Limits.TEXT);
      TextLook look = look(fields, base, effects);
      fields.done();
      if (!fields.has("start") || !fields.has("end")) {
        fields.fault("", "missing", "needs start and end; count code points from 0, end exclusive");
      } else if (start != null && end != null && start >= end) {
        fields.fault("end", "text-range", "is " + end + "; it must be greater than start " + start);
      } else if (start != null && end != null) {
        spans.add(new Text.Span(start, end, look));
      }
    }
    spans.sort(Comparator.comparingInt(Text.Span::start));
    for (int i = 1; i < spans.size(); i++) {
      if (spans.get(i).start() < spans.get(i - 1).end()) {
        owner.fault(
            "ranges",
            "text-range",
            "overlap at character "
                + spans.get(i).start()
                + "; let each end where the next begins");
      }
    }
    return spans;
  }
}
