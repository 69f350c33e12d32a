package dev.millrace.apps.crew.bench;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import org.jspecify.annotations.Nullable;

/** What is measured. */
@Doc("What is measured.")
public record BenchInput(
    @Doc("Plans that are made, of requests in Chinese and English by turns.")
        @Range(min = 10, max = 20_000)
        @Default("1000")
        int requests,
    @Doc("How many are made at the same time.") @Range(min = 1, max = 16) @Default("10") int users,
    @Doc(
            "Id of the template to plan by, `auto` for the one that suits best; absent for a layout"
                + " by roles.")
        @Nullable
        @Size(max = 60)
        String template) {}
