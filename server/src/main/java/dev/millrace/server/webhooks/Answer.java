package dev.millrace.server.webhooks;

import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt. Immutable.
 *
 * @param status null if no answer came
 * @param error null if the receiver took it
 */
record Answer(@Nullable Integer status, @Nullable String error, long tookMillis) {
  /** The receiver wants nothing more (Standard Webhooks: disable the endpoint). */
  private static final int GONE = 410;

  boolean isTaken() {
    return error == null;
  }

  boolean isGone() {
    return status != null && status == GONE;
  }
}
