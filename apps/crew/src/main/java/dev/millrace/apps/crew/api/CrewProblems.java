package dev.millrace.apps.crew.api;

import dev.millrace.http.ProblemType;

/** What the application's endpoints refuse. */
final class CrewProblems {
  static final ProblemType AGENT_NOT_FOUND =
      new ProblemType(
          "agent-not-found",
          404,
          "There is no such agent",
          "Look up the names at /api/v1/crew/agents.");
  static final ProblemType AGENT_EXISTS =
      new ProblemType(
          "agent-exists",
          409,
          "There is an agent of that name",
          "Change it with PUT, or choose another name.");
  static final ProblemType AGENT_BUILT_IN =
      new ProblemType(
          "agent-built-in",
          409,
          "A built-in agent cannot be removed",
          "Set its availability to 0 instead.");
  static final ProblemType TEMPLATE_NOT_FOUND =
      new ProblemType(
          "template-not-found",
          404,
          "There is no such template",
          "Look up the ids at /api/v1/crew/templates.");
  static final ProblemType TEMPLATE_INVALID =
      new ProblemType(
          "template-invalid",
          422,
          "The template's phases do not fit together",
          "Mend every place listed in 'errors'.");
  static final ProblemType TEMPLATE_EXISTS =
      new ProblemType(
          "template-exists",
          409,
          "There is a template of that id",
          "Replace it with PUT, or choose another id.");
  static final ProblemType TEMPLATE_BUILT_IN =
      new ProblemType(
          "template-built-in",
          409,
          "A built-in template cannot be changed",
          "Make one of your own under another id.");
  static final ProblemType REPORT_UNREADABLE =
      new ProblemType(
          "report-unreadable",
          422,
          "A report cannot be read",
          "Mend the file at the line that is named; JUnit, JaCoCo and Cobertura XML are known.");
  static final ProblemType CRITERION_INVALID =
      new ProblemType(
          "criterion-invalid",
          422,
          "A rule cannot be read",
          "Write rules like >90, >=90, <5, <=5, ==x, true, false or a value.");
  static final ProblemType STANDARD_NOT_FOUND =
      new ProblemType(
          "standard-not-found",
          422,
          "There is no set of criteria of that name",
          "Look up the names at /api/v1/crew/gates/standards.");
  static final ProblemType WORKSPACE_NOT_FOUND =
      new ProblemType(
          "workspace-not-found",
          404,
          "There is no such workspace",
          "Look up the names at /api/v1/crew/workspaces.");
  static final ProblemType WORKSPACE_EXISTS =
      new ProblemType(
          "workspace-exists",
          409,
          "There is a workspace of that name",
          "Change it with PUT, or choose another name.");
  static final ProblemType WORKSPACE_CLOSED =
      new ProblemType(
          "workspace-closed",
          409,
          "No run can be started in the workspace",
          "Name one that is there and active, or make it active again.");
  static final ProblemType PORT_TAKEN =
      new ProblemType(
          "workspace-port-taken",
          409,
          "The port is that of another workspace",
          "Leave the port out and get a free one.");
  static final ProblemType DECISION_ID_INVALID =
      new ProblemType(
          "decision-id-invalid",
          400,
          "The id names no decision",
          "Write it like shop:ADR-0042, or ADR-0042 for the project 'default'.");
  static final ProblemType DECISION_NOT_FOUND =
      new ProblemType(
          "decision-not-found",
          404,
          "There is no such decision",
          "Look up the ids at /api/v1/crew/decisions.");
  static final ProblemType DECISION_CONFLICT =
      new ProblemType(
          "decision-conflict",
          409,
          "The decision's status does not allow that",
          "Look at the decision's status and take one of those it can go to.");
  static final ProblemType NOT_YET =
      new ProblemType(
          "search-behind",
          503,
          "The index has not come that far yet",
          "Ask again in a moment, or leave out atLeast.");
  static final ProblemType POSITION_REFUSED =
      new ProblemType(
          "position-refused",
          412,
          "The position is of another history or has not come yet",
          "Read the present state again, without a position.");
  static final ProblemType EXECUTION_NOT_FOUND =
      new ProblemType(
          "execution-not-found",
          404,
          "There is no such execution",
          "Look up the ids at /api/v1/crew/executions.");
  static final ProblemType FOLDER_REFUSED =
      new ProblemType(
          "import-folder-refused",
          422,
          "Decisions cannot be imported from that folder",
          "Name a folder within the application's folder imports, or add it to"
              + " crew.import-folders.");
  static final ProblemType MARKDOWN_INVALID =
      new ProblemType(
          "markdown-invalid",
          422,
          "The text is no decision in the MADR style",
          "Begin with '# Title' and have a section '## Decision Outcome'.");

  static final ProblemType WORKFLOW_NOT_FOUND =
      new ProblemType(
          "crew-workflow-not-found",
          404,
          "There is no such run of a plan",
          "Look up the ids at /api/v1/crew/workflows.");
  static final ProblemType STAGE_NOT_FOUND =
      new ProblemType(
          "crew-stage-not-found",
          404,
          "The run has no such stage",
          "Use one of the names at /api/v1/crew/workflows/{id}/stages.");
  static final ProblemType WORKFLOW_STATE =
      new ProblemType(
          "crew-workflow-state",
          409,
          "Where the run stands does not allow this",
          "Look at the run first; it may have gone on meanwhile.");
  static final ProblemType RECOVERIES_USED_UP =
      new ProblemType(
          "crew-recoveries-used-up",
          409,
          "The run was rolled back too often",
          "Start a new one, or mend what fails.");
  static final ProblemType PROGRAM_NOT_ALLOWED =
      new ProblemType(
          "program-not-allowed",
          422,
          "The configuration does not allow a program",
          "Add the program to crew.shell.programs in the configuration file and start again, or"
              + " have somebody else do the work.");
  static final ProblemType EXECUTOR_INVALID =
      new ProblemType(
          "executor-invalid",
          422,
          "An executor cannot be used",
          "Mend every place that 'errors' names.");
  static final ProblemType WORK_NOT_FOUND =
      new ProblemType(
          "work-not-found",
          404,
          "There is no such work",
          "Look up what waits for people at /api/v1/crew/work.");
  static final ProblemType WORK_STATE =
      new ProblemType(
          "work-not-waiting",
          409,
          "The work does not wait for an answer",
          "Look up what waits for people at /api/v1/crew/work.");
  static final ProblemType ANSWER_INVALID =
      new ProblemType(
          "sync-answer-invalid",
          422,
          "The answer to a sync point cannot be used",
          "Give either metrics, as numbers, truth values or texts, or approved.");

  private CrewProblems() {}
}
