package dev.millrace.tasks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * The id of a task: a positive number in the database, shown as a UUIDv7 (RFC 9562). Immutable.
 *
 * <p>The key is, from the top: 43 bits of Unix time in ms, a 10-bit counter, a 10-bit node. So ids
 * sort by the order of submission, as numbers and as text. In the UUID the counter and the first
 * two bits of the node fill {@code rand_a}, the other eight bits of the node lead {@code rand_b},
 * and its last 54 bits are a mix of the key: a reader tells two ids apart by their last characters,
 * and a mistyped id is recognised without a look into the database.
 *
 * @param key the number under which the database knows the task, greater than 0
 */
public record TaskId(long key) implements Comparable<TaskId> {
  static final int COUNTER_BITS = 10;
  static final int NODE_BITS = 10;
  private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;
  private static final int NODE_MASK = (1 << NODE_BITS) - 1;
  private static final long MIX_MASK = (1L << 54) - 1;

  public TaskId {
    if (key <= 0) {
      throw new IllegalArgumentException("a task's key is greater than 0, not " + key);
    }
  }

  /**
   * Reads an id as {@link #toString} wrote it; upper case is accepted.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_ID} if it is none
   */
  @JsonCreator
  public static TaskId parse(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      long key = keyOf(uuid);
      if (key > 0) {
        TaskId id = new TaskId(key);
        if (id.toString().equals(text.toLowerCase(Locale.ROOT))) {
          return id;
        }
      }
    } catch (IllegalArgumentException _) {
      // Falls through to the refusal, which is the same for every kind of wrong text.
    }
    throw TaskException.of(
        TaskException.Reason.INVALID_ID,
        "id",
        "'" + Texts.shortened(text, 80) + "' is not a task id",
        "Use an id exactly as the answer to the submission gave it.");
  }

  /** When the id was made, to the millisecond. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(millisOf(key));
  }

  /** The UUIDv7 under which people see this id. */
  public UUID uuid() {
    long counter = (key >>> NODE_BITS) & COUNTER_MASK;
    long node = key & NODE_MASK;
    long high = millisOf(key) << 16 | 0x7000L | counter << 2 | node >>> 8;
    long low = 0x8000_0000_0000_0000L | (node & 0xff) << 54 | mix(key);
    return new UUID(high, low);
  }

  @Override
  public int compareTo(TaskId other) {
    return Long.compare(key, other.key);
  }

  @JsonValue
  @Override
  public String toString() {
    return uuid().toString();
  }

  static long millisOf(long key) {
    return key >>> (COUNTER_BITS + NODE_BITS);
  }

  /** The least key that is made at that time in Unix ms, or later. */
  static long firstKeyAt(long millis) {
    return millis << (COUNTER_BITS + NODE_BITS);
  }

  private static long keyOf(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    long millis = high >>> 16;
    long counter = (high >>> 2) & COUNTER_MASK;
    long node = (high & 3) << 8 | (uuid.getLeastSignificantBits() >>> 54 & 0xff);
    return millis << (COUNTER_BITS + NODE_BITS) | counter << NODE_BITS | node;
  }

  /** Spreads the key over 54 bits with the finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long key) {
    long z = key + 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return (z ^ (z >>> 31)) & MIX_MASK;
  }
}
