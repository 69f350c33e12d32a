package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to repair. */
@Doc("What to repair.")
public record RepairBody(
    @Doc("Whether to tell what would be changed, and change nothing.") @Default("false")
        boolean dryRun,
    @Doc("Rules to look after; all that can be repaired if they are left out.") @Size(max = 200)
        @Nullable List<String> rules) {}
