package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.document.Extend;
import dev.millrace.apps.draft.document.Shrink;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on a draft: all of them are done, or none. */
@Doc("Operations on a draft: all of them are done, or none.")
public record EditBody(
    @Doc("Whether the draft itself is changed; otherwise a new draft is made.") @Default("false")
        boolean inPlace,
    @Doc("Title of the new draft.") @Size(max = 200) @Nullable String title,
    @Doc("What to do, in this order.") @Size(min = 1, max = 100) List<Step> operations) {

  /** One operation; which fields it takes depends on its type. */
  @Doc("One operation; which fields it takes depends on its type.")
  public record Step(
      EditKind type,
      @Doc("Of replace-material: the name of the material, as the draft calls it.")
          @Nullable String name,
      @Doc("Of replace-material and replace-text: the id of one segment.") @Nullable String segment,
      @Doc("Where a new file comes from: a link.") @Nullable String link,
      @Doc("A draft: that of 'file', 'track', or the one to append or layer.")
          @Nullable String draft,
      @Doc("Where a new file comes from: its name in 'draft', or in this draft.")
          @Nullable String file,
      @Doc("Where in the new file it begins, in seconds.") @Range(min = 0, max = 86_400)
          @Nullable Double sourceStart,
      @Doc("How much of the new file it shows, in seconds.") @Range(min = 0, max = 86_400)
          @Nullable Double sourceDuration,
      @Doc("What becomes of a segment whose new file is shorter; cut-tail if left out.")
          @Nullable Shrink shrink,
      @Doc("What becomes of a segment whose new file is longer; cut if left out.")
          @Nullable Extend extend,
      @Doc("Of replace-text: the words to replace, wherever a text reads so.")
          @Nullable String find,
      @Doc("Of replace-text: the new words. Of import-subtitles: the subtitles themselves.")
          @Size(max = 1_000_000)
          @Nullable String text,
      @Doc("Of import-track: id, name or number of the track in 'draft'.") @Nullable String track,
      @Doc("How much later what is added plays, in seconds.") @Range(min = 0, max = 86_400)
          @Nullable Double start,
      @Doc("Title of the track that is added.") @Size(max = 200) @Nullable String title,
      @Doc("Of add-pieces: what /subdrafts gave.") @Nullable PiecesView pieces) {}
}
