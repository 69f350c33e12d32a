package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.recipe.FileNeed;
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
    for (FileNeed file : recipe.files()) {
      byUrl.computeIfAbsent(
          file.url(), url -> FileRow.waiting(byUrl.size(), url, file.fileName(), file.subtitles()));
    }
    return new ArrayList<>(byUrl.values());
  }
}
