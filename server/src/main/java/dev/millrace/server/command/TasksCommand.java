package dev.millrace.server.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tasks of a running server: submit, look, follow, cancel, run again. */
@Command(
    name = "tasks",
    subcommands = {
      TaskSubmitCommand.class,
      TaskListCommand.class,
      TaskShowCommand.class,
      TaskFollowCommand.class,
      TaskCancelCommand.class,
      TaskRetryCommand.class,
      TaskDiscardCommand.class,
      TaskMoveCommand.class,
      TaskDeleteCommand.class,
      TaskQueuesCommand.class,
      TaskQuietCommand.class,
      TaskWakeCommand.class,
      TaskSchedulesCommand.class,
      TaskReencryptCommand.class,
      TaskRecordCommand.class
    })
final class TasksCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        new CommandLine(spec),
        "say what to do with tasks: " + String.join(", ", spec.subcommands().keySet()));
  }
}
