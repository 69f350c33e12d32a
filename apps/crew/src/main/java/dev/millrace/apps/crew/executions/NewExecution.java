package dev.millrace.apps.crew.executions;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a piece of work went, as it is handed in. */
@Doc("How a piece of work went, as it is handed in.")
public record NewExecution(
    @Doc("The request it was for.") @Size(min = 1, max = 20_000) String request,
    @Doc("The workflow that ran it.") @Nullable @Size(max = 200) String workflowId,
    @Doc("The template it was planned by; none for the layout by roles.") @Nullable @Size(max = 60)
        String template,
    @Doc("Agents that took part.") @Size(max = 100) List<String> agents,
    @Doc("How long it took.") @Range(min = 0, max = 31_536_000) double seconds,
    @Doc("What its gates measured.") @Default("{}") @Size(max = 50)
        Map<String, Double> qualityScores,
    @Doc("How content its user is, 1 to 5.") @Nullable @Range(min = 1, max = 5)
        Integer satisfaction,
    @Doc("Whether it succeeded.") boolean success,
    @Doc("What went wrong.") @Default("[]") @Size(max = 100) List<String> issues,
    @Doc(
            "By agent how its own part went, without those whose part was not over; if it is not"
                + " given, all went as the whole did.")
        @Nullable
        @Size(max = 100)
        Map<String, AgentWork> work,
    @Doc("By stage how many seconds it took, its sync point included; null if nobody said.")
        @Nullable
        @Size(max = 50)
        Map<String, Double> stages) {}
