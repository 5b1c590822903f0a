package kk.connect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kk.spi.Connection;
import kk.spi.UnreachableException;

/// Opens connections on threads of the system. A virtual thread that waits for a socket makes Java
/// start a thread that watches sockets for as long as the process lives, and a process with a
/// thread that waits in the kernel takes Java 0.3 s to end.
final class SystemThread {
  /// How a connection is opened.
  @FunctionalInterface
  interface Opening {
    Connection open() throws UnreachableException, InterruptedException;
  }

  private SystemThread() {}

  /// Opens it, and waits for that; at once on a thread that is one of the system already. What
  /// comes up after an interrupt is closed.
  static Connection open(Opening opening) throws UnreachableException, InterruptedException {
    if (!Thread.currentThread().isVirtual()) {
      return opening.open();
    }
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform().daemon().name("kk-login").start(() -> open(opening, opened));
    try {
      return opened.get();
    } catch (InterruptedException e) {
      if (!opened.cancel(false) && !opened.isCompletedExceptionally()) {
        opened.resultNow().close();
      }
      thread.interrupt();
      throw e;
    } catch (ExecutionException e) {
      throw asItWas(e);
    }
  }

  private static void open(Opening opening, CompletableFuture<Connection> opened) {
    try {
      Connection connection = opening.open();
      if (!opened.complete(connection)) {
        connection.close();
      }
    } catch (UnreachableException | InterruptedException | RuntimeException | Error e) {
      opened.completeExceptionally(e);
    }
  }

  private static UnreachableException asItWas(ExecutionException failed)
      throws InterruptedException {
    return switch (failed.getCause()) {
      case UnreachableException e -> e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(failed);
    };
  }
}
