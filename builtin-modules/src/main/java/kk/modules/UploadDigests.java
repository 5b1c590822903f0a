package kk.modules;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import kk.spi.Content;
import kk.spi.TaskFailed;

/// The digests of a large file while they are taken: first the one that it is compared by, then the
/// one that is only told, which makes way for an upload.
final class UploadDigests {
  private final FutureTask<String> compared;
  private final FutureTask<String> told;
  private final Semaphore way = new Semaphore(1);
  private final AtomicBoolean held = new AtomicBoolean();

  /// On a thread of the system: it keeps one busy that others would wait for.
  UploadDigests(Content content, FileDigests digests) {
    this.compared = new FutureTask<>(() -> digests.sha256(content));
    this.told = new FutureTask<>(() -> digests.sha1(content));
    Thread.ofPlatform().daemon().name("kk-digest").start(this::read);
  }

  private void read() {
    compared.run();
    way.acquireUninterruptibly();
    told.run();
    way.release();
  }

  /// From here on an upload has the way, unless it is taken.
  void holdBack() {
    held.set(way.tryAcquire());
  }

  private void release() {
    if (held.getAndSet(false)) {
      way.release();
    }
  }

  /// Nobody asks any more.
  void end() {
    told.cancel(false);
    release();
  }

  String sha256() throws InterruptedException {
    return result(compared);
  }

  String sha1() throws InterruptedException {
    release();
    return result(told);
  }

  /// What follows a content that has been sent.
  String afterContent() {
    release();
    try {
      return sha256();
    } catch (InterruptedException e) {
      throw new TaskFailed("interrupted");
    }
  }

  private static String result(Future<String> reading) throws InterruptedException {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TaskFailed failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
