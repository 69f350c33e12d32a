package dev.millrace.apps.crew.api;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import org.jspecify.annotations.Nullable;

/** What is to be planned. */
@Doc("What is to be planned.")
public record AnalyzeRequest(
    @Doc("The request, in Chinese or English.") @Size(min = 1, max = 20_000) String request,
    @Doc(
            "Id of the template to plan by, `auto` for the one that suits best; absent for a layout"
                + " by roles.")
        @Nullable
        @Size(max = 60)
        String template) {}
