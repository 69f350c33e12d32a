package dev.millrace.server.command;

/** A command could not do its work; the message says why and what to do. */
final class CommandException extends Exception {
  CommandException(String message) {
    super(message);
  }
}
