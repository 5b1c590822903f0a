package kk.connect.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import kk.spi.Connection.Progress;
import kk.spi.Content;
import kk.spi.TaskFailed;

/// Pours a content into a shell's standard input, on a thread of its own so that a receiver that
/// ends early, or never reads, doesn't hold up the one who waits for it. A thread of the system,
/// because each wait of a virtual one for the host to take something is a detour over two others.
final class ContentPump {
  private static final int CHUNK = 128 * 1024;

  private final Content content;
  private final Progress progress;
  private final Meter meter;
  private final Consumer<TaskFailed> failed;

  /// @param failed told when the content can't be read
  ContentPump(Content content, Progress progress, Meter meter, Consumer<TaskFailed> failed) {
    this.content = content;
    this.progress = progress;
    this.meter = meter;
    this.failed = failed;
  }

  Thread start(OutputStream target) {
    return Thread.ofPlatform().daemon().name("kk-content").start(() -> pour(target));
  }

  private void pour(OutputStream target) {
    try (InputStream in = content.open()) {
      byte[] chunk = new byte[CHUNK];
      long total = 0;
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (!write(target, chunk, read)) {
          return;
        }
        total += read;
        progress.sent(total);
      }
      finish(target);
    } catch (IOException | RuntimeException e) {
      failed.accept(new TaskFailed("cannot read the content to send: " + e.getMessage()));
    }
  }

  /// Flushes before it closes: a channel that is closed while the host has no room for more drops
  /// what it still holds, and says nothing.
  private static void finish(OutputStream target) {
    try {
      target.flush();
      target.close();
    } catch (IOException e) {
      // the receiver is gone: its own answer tells why
    }
  }

  /// False when the receiver is gone: its own answer tells why.
  private boolean write(OutputStream target, byte[] chunk, int length) {
    try {
      target.write(chunk, 0, length);
      meter.sent(length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
