package kk.connect.session;

import java.io.IOException;
import java.io.OutputStream;
import kk.spi.TaskFailed;

/// Where received bytes go. When it fails that is the task's failure, not the host's.
final class Sink extends OutputStream {
  private final OutputStream target;

  Sink(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      throw new TaskFailed("cannot keep what the host sends: " + e.getMessage());
    }
  }
}
