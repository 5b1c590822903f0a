package kk.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Does things on several hosts at the same time, no more than there are permits for.
record Workers(Semaphore permits) {
  /// Workers whose number something else limits.
  static Workers unlimited() {
    return new Workers(new Semaphore(Integer.MAX_VALUE));
  }

  /// Runs all calls and returns their results in order. They begin in order too, so that one at a
  /// time means one after the other.
  ///
  /// @param throttle a second limit, which other calls may share
  <T> List<T> run(List<Callable<T>> calls, Optional<Semaphore> throttle)
      throws InterruptedException {
    if (calls.size() == 1) {
      return Collections.singletonList(alone(calls.getFirst(), throttle));
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      try {
        for (Callable<T> call : calls) {
          acquire(throttle);
          futures.add(executor.submit(() -> released(call, throttle)));
        }
      } catch (InterruptedException e) {
        executor.shutdownNow();
        throw e;
      }
      return collect(futures, executor);
    }
  }

  private <T> T alone(Callable<T> call, Optional<Semaphore> throttle) throws InterruptedException {
    acquire(throttle);
    try {
      return released(call, throttle);
    } catch (RuntimeException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void acquire(Optional<Semaphore> throttle) throws InterruptedException {
    if (throttle.isPresent()) {
      throttle.get().acquire();
    }
    permits.acquire();
  }

  private <T> T released(Callable<T> call, Optional<Semaphore> throttle) throws Exception {
    try {
      return call.call();
    } finally {
      permits.release();
      throttle.ifPresent(Semaphore::release);
    }
  }

  private static <T> List<T> collect(List<Future<T>> futures, ExecutorService executor)
      throws InterruptedException {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      executor.shutdownNow();
      throw e;
    } catch (ExecutionException e) {
      executor.shutdownNow();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
