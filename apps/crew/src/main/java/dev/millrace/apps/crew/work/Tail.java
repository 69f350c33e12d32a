package dev.millrace.apps.crew.work;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads what a program writes, keeps the end of it, and gives up when it is too much. The reading
 * thread runs it; others ask when that has ended.
 */
final class Tail implements Runnable {
  private static final int LONGEST_LINE = 4_000;

  private final InputStream in;
  private final int kept;
  private final long most;
  private final Consumer<String> lines;
  private final Runnable tooMuch;
  private final StringBuilder end = new StringBuilder();
  private long read;
  private volatile boolean over;

  /**
   * @param kept characters of the end
   * @param most characters in all; with more, {@code tooMuch} is called
   * @param lines told of every line
   */
  Tail(InputStream in, int kept, long most, Consumer<String> lines, Runnable tooMuch) {
    this.in = in;
    this.kept = kept;
    this.most = most;
    this.lines = lines;
    this.tooMuch = tooMuch;
  }

  @Override
  public void run() {
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var line = new StringBuilder();
      for (int c = reader.read(); c >= 0 && !over; c = reader.read()) {
        if (++read > most) {
          over = true;
          tooMuch.run();
        }
        end.append((char) c);
        if (end.length() > 2 * kept) {
          end.delete(0, end.length() - kept);
        }
        if (c == '\n') {
          lines.accept(line.toString());
          line.setLength(0);
        } else if (line.length() < LONGEST_LINE) {
          line.append((char) c);
        }
      }
      if (!line.isEmpty()) {
        lines.accept(line.toString());
      }
    } catch (IOException _) {
      // The program was killed; what came before stands.
    }
  }

  boolean isOver() {
    return over;
  }

  String text() {
    return end.length() > kept ? end.substring(end.length() - kept) : end.toString();
  }
}
