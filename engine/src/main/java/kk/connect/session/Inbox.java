package kk.connect.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// What a shell has said on one of its streams and nobody has taken yet. One thread puts, another
/// takes; empty it holds no memory, so that a thousand idle shells are cheap.
public final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
  private final long room;
  private final LongConsumer taken;

  /// How much of the first piece has been taken.
  private int offset;

  private long size;
  private boolean ended;
  private @Nullable Exception failure;

  /// An inbox that takes in everything at once.
  public Inbox() {
    this(Long.MAX_VALUE, bytes -> {});
  }

  /// An inbox with a limit.
  ///
  /// @param room bytes; who puts more waits until some are taken
  /// @param taken told how many bytes were taken
  public Inbox(long room, LongConsumer taken) {
    this.room = room;
    this.taken = taken;
  }

  /// Adds a copy of some bytes.
  public void put(byte[] bytes, int from, int length) {
    lock.lock();
    try {
      while (size >= room && !ended) {
        changed.awaitUninterruptibly();
      }
      pieces.add(Arrays.copyOfRange(bytes, from, from + length));
      size += length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more comes. Only the first end counts.
  ///
  /// @param reason what the taker is told, once it has taken everything; null for a plain end
  public void end(@Nullable Exception reason) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        failure = reason;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes what is there, waiting a while for the first of it.
  ///
  /// @param nanos how long to wait
  /// @return how many bytes; 0 when none came in time, -1 at the end
  int take(byte[] target, int from, int length, long nanos)
      throws IOException, InterruptedException {
    int count = 0;
    lock.lockInterruptibly();
    try {
      if (!awaitSomething(nanos)) {
        return ended ? atEnd() : 0;
      }
      while (count < length && !pieces.isEmpty()) {
        byte[] first = pieces.element();
        int part = Math.min(length - count, first.length - offset);
        System.arraycopy(first, offset, target, from + count, part);
        count += part;
        offset += part;
        if (offset == first.length) {
          pieces.remove();
          offset = 0;
        }
      }
      size -= count;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    taken.accept(count);
    return count;
  }

  private boolean awaitSomething(long nanos) throws InterruptedException {
    long left = nanos;
    while (size == 0 && !ended && left > 0) {
      left = changed.awaitNanos(left);
    }
    return size > 0;
  }

  private int atEnd() throws IOException {
    switch (failure) {
      case null -> {
        return -1;
      }
      case RuntimeException mistake -> throw mistake;
      case IOException broken -> throw broken;
      default -> throw new IOException(failure);
    }
  }

  /// Forgets what nobody has taken.
  void clear() {
    long dropped;
    lock.lock();
    try {
      dropped = size;
      pieces.clear();
      offset = 0;
      size = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    taken.accept(dropped);
  }

  /// Follows a stream to its end, for streams that can only be waited for by a thread of their own.
  public void fill(InputStream from) {
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        put(buffer, 0, read);
      }
      end(null);
    } catch (IOException e) {
      end(e);
    }
  }
}
