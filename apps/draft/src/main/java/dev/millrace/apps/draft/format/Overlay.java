package dev.millrace.apps.draft.format;

import java.util.List;

/** What comes from the client's library: on a segment, or on a track of its own. */
public sealed interface Overlay {
  /** Local id within the draft. */
  String id();

  /**
   * An effect on pictures.
   *
   * @param face whether it is looked for on faces
   * @param ownTrack whether it lies on a track of its own and touches all that is below
   */
  record VideoEffect(
      String id,
      boolean face,
      String name,
      String effectId,
      String resourceId,
      boolean ownTrack,
      List<Slider> sliders)
      implements Overlay {
    public VideoEffect {
      sliders = List.copyOf(sliders);
    }
  }

  /**
   * A filter.
   *
   * @param strength 0 to 1
   */
  record Filter(String id, String name, String effectId, String resourceId, double strength)
      implements Overlay {}

  /** A sticker. */
  record Sticker(String id, String resourceId) implements Overlay {}

  /** An effect on sound. */
  record AudioEffect(
      String id, Category category, String name, String resourceId, List<Slider> sliders)
      implements Overlay {
    public AudioEffect {
      sliders = List.copyOf(sliders);
    }
  }

  /**
   * A bubble or a flower on a text.
   *
   * @param bubble whether it lies behind the text; else it draws the text itself
   */
  record TextEffect(String id, boolean bubble, String name, String effectId, String resourceId)
      implements Overlay {}

  /** What an effect on sound does. */
  enum Category {
    SOUND_EFFECT("sound_effect", 1),
    TONE("tone", 2),
    SPEECH_TO_SONG("speech_to_song", 3);

    private final String word;
    private final int subType;

    Category(String word, int subType) {
      this.word = word;
      this.subType = subType;
    }

    /** The client's word for it. */
    public String word() {
      return word;
    }

    /** The client's number of it. */
    public int subType() {
      return subType;
    }
  }
}
