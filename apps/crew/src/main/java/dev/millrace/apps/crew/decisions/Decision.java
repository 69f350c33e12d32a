package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision as it is now. */
@Doc("A decision as it is now.")
public record Decision(
    @Doc("Names it everywhere, such as shop:ADR-0042.") String id,
    @Doc("Its number within the project.") String number,
    @Doc("The project that counts it.") String project,
    @Doc("What was decided, in one line.") String title,
    @Doc("When.") Instant date,
    @Doc("What has become of it.") DecisionStatus status,
    @Doc("What stands in its place; null if nothing does.") @Nullable String supersededBy,
    @Doc("What it stands in the place of.") List<String> supersedes,
    @Doc("What led to it.") String context,
    @Doc("What was weighed.") List<Choice> options,
    @Doc("What was decided.") String decision,
    @Doc("Why.") String reasoning,
    @Doc("What follows from it.") String consequences,
    @Doc("Who decided.") String decisionMaker,
    @Doc("Who has a stake in it.") List<String> stakeholders,
    @Doc("Agents that took part.") List<String> agentsInvolved,
    @Doc("To find it by.") List<String> tags,
    @Doc("What came of it, oldest first.") List<Impact> impacts,
    @Doc("Where it comes from.") @Nullable Metadata metadata) {}
