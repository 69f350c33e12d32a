package dev.millrace.tasks.schedule;

/** A timing that is refused; the message names field, value, place and remedy. */
public final class TimingException extends IllegalArgumentException {
  private final String field;
  private final int position;
  private final String remedy;

  TimingException(String field, int position, String what, String remedy) {
    super(field + ", at character " + (position + 1) + ": " + what + " is not allowed. " + remedy);
    this.field = field;
    this.position = position;
    this.remedy = remedy;
  }

  /** The field: of a cron rule such as {@code minute} or {@code day of week}. */
  public String field() {
    return field;
  }

  /** Where in the whole text it goes wrong, in characters from 0. */
  public int position() {
    return position;
  }

  /** What to write instead, one sentence. */
  public String remedy() {
    return remedy;
  }
}
