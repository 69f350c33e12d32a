package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks how items stand together, as far as their times are known before any download. */
final class TimelineRules {
  private final Faults faults;
  private final boolean complete;

  /**
   * @param complete whether all items could be read; if not, a gap may only be one of those
   */
  TimelineRules(Faults faults, boolean complete) {
    this.faults = faults;
    this.complete = complete;
  }

  void check(List<Item> items) {
    Map<String, List<Item>> byTrack = new LinkedHashMap<>();
    for (Item item : items) {
      byTrack.computeIfAbsent(item.track(), _ -> new ArrayList<>()).add(item);
      animations(item);
      fades(item);
      keyframes(item);
      end(item);
    }
    byTrack.values().forEach(this::track);
  }

  private void track(List<Item> items) {
    items.sort(Comparator.comparingLong(Item::startMicros).thenComparingInt(Item::index));
    Item last = null;
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (item.isSubtitleFile()) {
        continue;
      }
      if (last != null) {
        overlap(last, item);
      }
      if (item.transition() != null) {
        transition(item, i + 1 < items.size() ? items.get(i + 1) : null);
      }
      last =
          last == null || end(last, item.startMicros()) <= end(item, item.startMicros())
              ? item
              : last;
    }
  }

  private static long end(Item item, long unknown) {
    Long end = item.endMicros();
    return end == null ? unknown : end;
  }

  private void overlap(Item before, Item item) {
    Long end = before.endMicros();
    boolean sameStart = before.startMicros() == item.startMicros();
    if ((end != null && end > item.startMicros()) || sameStart) {
      faults.add(
          item.pointer("start"),
          "overlap",
          "is "
              + Seconds.show(item.startMicros())
              + ", when item "
              + before.index()
              + " still plays on track \""
              + item.track()
              + "\""
              + (end == null ? "" : " until " + Seconds.show(end))
              + "; start later"
              + (end == null ? "" : ", at " + Seconds.show(end) + " or after")
              + ", or use another track");
    }
  }

  private void end(Item item) {
    Long end = item.endMicros();
    if (end != null && end > Limits.MICROS) {
      faults.add(
          item.pointer("duration"),
          "out-of-range",
          "ends at "
              + Seconds.show(end)
              + "; a draft is at most "
              + Seconds.show(Limits.MICROS)
              + " long");
    }
  }

  private void transition(Item item, @Nullable Item next) {
    TransitionRequest transition = item.transition();
    Long end = item.endMicros();
    if (transition == null || transition.whereItFits() || end == null) {
      return;
    }
    if (next == null || next.startMicros() > end) {
      if (!complete) {
        return;
      }
      faults.add(
          item.pointer("transitions/0"),
          "transition-gap",
          next == null
              ? "leads nowhere: no item follows on track \"" + item.track() + "\"; leave it out"
              : "needs the next item to begin at "
                  + Seconds.show(end)
                  + ", but item "
                  + next.index()
                  + " begins at "
                  + Seconds.show(next.startMicros())
                  + "; close the gap or leave the transition out");
      return;
    }
    Long duration = item.durationMicros();
    Long nextDuration = next.durationMicros();
    Long asked = transition.durationMicros();
    if (duration == null || nextDuration == null || asked == null) {
      return;
    }
    long most = Math.min(duration, nextDuration) / 2;
    if (asked > most) {
      faults.add(
          item.pointer("transitions/0/duration"),
          "transition-too-long",
          "is "
              + Seconds.show(asked)
              + "; it may last at most half of the shorter of its two items, "
              + Seconds.show(most));
    }
  }

  private void fades(Item item) {
    FadeRequest fade = item.fade();
    Long duration = item.durationMicros();
    if (fade != null && duration != null && fade.inMicros() + fade.outMicros() > duration) {
      faults.add(
          item.pointer("fades"),
          "fade-too-long",
          "take "
              + Seconds.show(fade.inMicros() + fade.outMicros())
              + " together, but the item lasts "
              + Seconds.show(duration)
              + "; shorten them");
    }
  }

  private void keyframes(Item item) {
    Long duration = item.durationMicros();
    for (KeyframeRequest keyframe : item.decoration().keyframes()) {
      if (keyframe.index() >= 0 && duration != null && keyframe.micros() > duration) {
        faults.add(
            item.pointer("keyframes/" + keyframe.index() + "/time"),
            "keyframe-outside",
            "is "
                + Seconds.show(keyframe.micros())
                + ", but the item lasts "
                + Seconds.show(duration)
                + "; times of keyframes count from the start of their item");
      }
    }
  }

  private void animations(Item item) {
    boolean text = item.type().track() == TrackType.TEXT;
    boolean video = item.type().track() == TrackType.VIDEO;
    List<EffectKind> seen = new ArrayList<>();
    long together = 0;
    for (int i = 0; i < item.animations().size(); i++) {
      AnimationRequest animation = item.animations().get(i);
      EffectKind kind = animation.effect().kind();
      String pointer = item.pointer("animations/" + i);
      if (!(text && kind.isForText()) && !(video && kind.isForVideo())) {
        faults.add(
            pointer + "/type",
            "does-not-apply",
            "\""
                + kind.word()
                + "\" cannot animate \""
                + item.type().word()
                + "\""
                + (text ? "; use text_intro, text_outro or text_loop" : "")
                + (video ? "; use video_intro, video_outro or video_group" : ""));
        continue;
      }
      clash(pointer, kind, seen);
      seen.add(kind);
      together += kind == EffectKind.TEXT_LOOP ? 0 : animation.micros();
    }
    Long duration = item.durationMicros();
    if (duration != null && together > duration) {
      faults.add(
          item.pointer("animations"),
          "animation-too-long",
          "take "
              + Seconds.show(together)
              + " together, but the item lasts "
              + Seconds.show(duration)
              + "; shorten them");
    }
  }

  private void clash(String pointer, EffectKind kind, List<EffectKind> seen) {
    if (seen.contains(kind)) {
      faults.add(pointer, "animation-clash", "is a second " + kind.word() + "; give only one");
    } else if (!seen.isEmpty()
        && (kind == EffectKind.VIDEO_GROUP || seen.contains(EffectKind.VIDEO_GROUP))) {
      faults.add(
          pointer,
          "animation-clash",
          "cannot stand beside "
              + seen.getFirst().word()
              + ": a video_group excludes every other animation; leave one out");
    }
  }
}
