package dev.millrace.tasks;

/** In which order a queue takes its tasks of one tenant and priority. */
public enum QueueOrder {
  /** The oldest first. */
  FIFO,
  /** The newest first. */
  LIFO
}
