package dev.millrace.apps.crew;

import dev.millrace.app.Setting;
import java.util.List;

/**
 * The configuration of the application, below {@code crew.}
 *
 * @param rules file of more rules, blank for none
 * @param importFolders folders that decisions may be imported from
 */
public record CrewSettings(
    @Setting(
            doc =
                "Path of a JSON file with rules for reading requests. A rule with a known name"
                    + " replaces the shipped one, any other is added. Blank means only those"
                    + " shipped.")
        String rules,
    @Setting(
            doc =
                "Folders that decisions may be imported from, besides the folder imports within the"
                    + " application's own folder. Whoever sends requests can read the JSON files"
                    + " in them.")
        List<String> importFolders) {}
