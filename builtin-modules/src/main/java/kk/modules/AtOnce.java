package kk.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Transfers that run side by side: one alone seldom fills a line, and many starve each other.
final class AtOnce {
  private static final int TRANSFERS = 4;

  private AtOnce() {}

  /// A transfer, or what else takes its time.
  interface Work<T, R> {
    R on(T item) throws InterruptedException;
  }

  /// Works on all items, several at once.
  ///
  /// @return the results in the order of the items
  static <T, R> List<R> each(List<T> items, Work<T, R> work) throws InterruptedException {
    try (ExecutorService workers =
        Executors.newFixedThreadPool(TRANSFERS, Thread.ofVirtual().factory())) {
      List<R> results = new ArrayList<>();
      for (Future<R> future :
          workers.invokeAll(
              items.stream().<Callable<R>>map(item -> () -> work.on(item)).toList())) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }
}
