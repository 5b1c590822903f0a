package kk.connect.session;

import java.io.IOException;
import java.time.Duration;

/// Waits for what a shell says: up to a deadline, and no longer than the shell lives.
///
/// @param deadline as told by [System#nanoTime()]
record Patience(ShellProcess process, long deadline) {
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  static Patience until(ShellProcess process, long started, Duration limit) {
    return new Patience(process, started + limit.toNanos());
  }

  /// Takes what comes next; -1 at the end. A shell that has ended gets one more look: its streams
  /// may still hold the answer, or be held open by a child for ever.
  int take(Inbox inbox, byte[] buffer, int from)
      throws IOException, LimitPassed, InterruptedException {
    boolean ended = false;
    while (true) {
      long left = deadline - System.nanoTime();
      long wait = Math.clamp(left, 0, LOOK_EVERY_NANOS);
      int count = inbox.take(buffer, from, buffer.length - from, wait);
      if (count != 0) {
        return count;
      }
      if (ended) {
        return -1;
      }
      if (left <= LOOK_EVERY_NANOS) {
        throw new LimitPassed("no answer in time");
      }
      ended = !process.isAlive();
    }
  }
}
