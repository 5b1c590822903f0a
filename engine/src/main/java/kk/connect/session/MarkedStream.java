package kk.connect.session;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Splits what a shell writes at its marks. Holds a buffer only while something is being read;
/// bytes after the last mark asked for are noise and may be forgotten with the object.
final class MarkedStream {
  private static final int SMALL = 8 * 1024;
  private static final int LARGE = 128 * 1024;

  private final Inbox in;
  private final Meter meter;
  private byte[] buffer = new byte[SMALL];
  private int start;
  private int end;

  MarkedStream(Inbox in, Meter meter) {
    this.in = in;
    this.meter = meter;
  }

  /// Hands all there is to the sink, up to the end or the limit of our patience.
  void drain(OutputStream sink, Patience patience) throws InterruptedException {
    try {
      do {
        sink.write(buffer, start, end - start);
        start = end;
      } while (fill(patience));
    } catch (IOException | LimitPassed e) {
      // that was all
    }
  }

  /// Hands everything before the mark to the sink and goes past the mark.
  ///
  /// @throws EOFException when the stream ends first; the sink then has all there was
  void copyUntil(byte[] mark, OutputStream sink, Patience patience)
      throws IOException, LimitPassed, InterruptedException {
    while (true) {
      int at = find(mark);
      if (at >= 0) {
        sink.write(buffer, start, at - start);
        start = at + mark.length;
        return;
      }
      int keep = Math.min(end - start, mark.length - 1);
      sink.write(buffer, start, end - start - keep);
      start = end - keep;
      if (!fill(patience)) {
        sink.write(buffer, start, end - start);
        start = end;
        throw new EOFException("the stream ended before its mark");
      }
    }
  }

  /// The rest of a mark's line.
  String restOfLine(Patience patience) throws IOException, LimitPassed, InterruptedException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    copyUntil(new byte[] {'\n'}, line, patience);
    return line.toString(StandardCharsets.UTF_8);
  }

  private int find(byte[] mark) {
    int last = end - mark.length;
    for (int at = start; at <= last; at++) {
      if (buffer[at] == mark[0] && matches(mark, at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean matches(byte[] mark, int at) {
    for (int i = 1; i < mark.length; i++) {
      if (buffer[at + i] != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean fill(Patience patience) throws IOException, LimitPassed, InterruptedException {
    boolean busy = start > 0 && end == buffer.length;
    byte[] target = busy && buffer.length < LARGE ? new byte[LARGE] : buffer;
    System.arraycopy(buffer, start, target, 0, end - start);
    end -= start;
    start = 0;
    buffer = target;
    int read = patience.take(in, buffer, end);
    if (read < 0) {
      return false;
    }
    end += read;
    meter.received(read);
    return true;
  }
}
