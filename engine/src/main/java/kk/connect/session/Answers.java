package kk.connect.session;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kk.spi.TaskFailed;

/// Waits for what threads of its own read from a shell. The caller never blocks in a read, so that
/// it can be interrupted and has a limit whatever kind of stream is behind, and no stream waits for
/// the other.
final class Answers {
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final ShellProcess process;

  Answers(ShellProcess process) {
    this.process = process;
  }

  /// Reads on a thread of its own.
  static <T> CompletableFuture<T> start(Callable<T> reading) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("kk-shell-stream")
        .start(
            () -> {
              try {
                answer.complete(reading.call());
              } catch (Throwable e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  /// The answer, or the failure of the thread that reads it. A shell that has ended gets one more
  /// look: its streams may still hold the answer, or be held open by a child for ever.
  ///
  /// @param deadline as told by [System#nanoTime()]
  <T> T await(CompletableFuture<T> answer, long deadline)
      throws ShellEnded, LimitPassed, InterruptedException {
    boolean ended = false;
    while (true) {
      long left = deadline - System.nanoTime();
      try {
        return answer.get(Math.clamp(left, 0, LOOK_EVERY_NANOS), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        throw failure(e);
      } catch (TimeoutException e) {
        if (ended) {
          throw new ShellEnded("", e);
        }
        if (left <= LOOK_EVERY_NANOS) {
          throw new LimitPassed("no answer in time");
        }
        ended = !process.isAlive();
      }
    }
  }

  private static ShellEnded failure(ExecutionException e) {
    return switch (e.getCause()) {
      case TaskFailed failed -> throw failed;
      case ShellEnded ended -> ended;
      case null, default -> new ShellEnded("", e);
    };
  }
}
