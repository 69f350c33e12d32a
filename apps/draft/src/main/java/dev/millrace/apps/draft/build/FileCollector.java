package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.format.TrackType;
import dev.millrace.apps.draft.recipe.Item;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.records.FileRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the files that a recipe needs, each link once. */
final class FileCollector {
  private FileCollector() {}

  static List<FileRow> files(Recipe recipe) {
    Map<String, FileRow> byUrl = new LinkedHashMap<>();
    for (Item item : recipe.items()) {
      String url = item.url();
      if (url != null) {
        boolean subtitles = item.type().track() == TrackType.TEXT;
        byUrl.putIfAbsent(url, FileRow.waiting(byUrl.size(), url, item.fileName(), subtitles));
      }
    }
    return new ArrayList<>(byUrl.values());
  }
}
