package kk.connect;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Connection;
import kk.spi.Content;
import kk.spi.UnreachableException;
import org.junit.jupiter.api.Test;

class SystemThreadTest {

  /// A connection that only knows whether it is closed.
  private static final class Line implements Connection {
    private volatile boolean closed;

    @Override
    public CommandResult run(Command command) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CommandResult send(Command receiver, Content content, Progress progress) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CommandResult receive(Command sender, OutputStream sink) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Line line = new Line();

  private static <T> FutureTask<T> onVirtualThread(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void noVirtualThreadWaitsForASocket() throws Exception {
    FutureTask<Boolean> virtual = new FutureTask<>(() -> Thread.currentThread().isVirtual());
    FutureTask<Connection> opened =
        onVirtualThread(
            () ->
                SystemThread.open(
                    () -> {
                      virtual.run();
                      return line;
                    }));
    assertSame(line, opened.get());
    assertFalse(virtual.get());
  }

  @Test
  void aThreadOfTheSystemDoesItItself() throws Exception {
    FutureTask<Thread> opener = new FutureTask<>(Thread::currentThread);
    SystemThread.open(
        () -> {
          opener.run();
          return line;
        });
    assertSame(Thread.currentThread(), opener.get());
  }

  @Test
  void aFailureComesThrough() {
    FutureTask<Connection> opened =
        onVirtualThread(
            () ->
                SystemThread.open(
                    () -> {
                      throw new UnreachableException("nobody there");
                    }));
    ExecutionException e = assertThrows(ExecutionException.class, opened::get);
    assertInstanceOf(UnreachableException.class, e.getCause());
  }

  @Test
  void whatComesUpAfterAnInterruptIsClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    FutureTask<Boolean> interrupted =
        new FutureTask<>(
            () -> {
              assertThrows(
                  InterruptedException.class,
                  () ->
                      SystemThread.open(
                          () -> {
                            begun.countDown();
                            awaitUninterruptibly(answered);
                            return line;
                          }));
              return true;
            });
    Thread waiting = Thread.ofVirtual().start(interrupted);
    begun.await();
    waiting.interrupt();
    interrupted.get();
    assertFalse(line.closed);
    answered.countDown();
    await().until(() -> line.closed);
  }

  /// As a connection that is being made does.
  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // goes on waiting
      }
    }
  }
}
