package kk.spi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bytes on the way to a host: known in size, readable as often as there are hosts, never held in
/// memory when they come from a file.
public sealed interface Content {
  /// How many bytes there are.
  long size();

  /// A new stream from the first byte on.
  InputStream open() throws IOException;

  /// What comes after the first bytes: the rest of a transfer that was cut.
  ///
  /// @param from how many bytes are left out
  default Content from(long from) {
    return from == 0 ? this : new Rest(this, from);
  }

  /// How many bytes of the whole come before this.
  default long offset() {
    return 0;
  }

  /// The same with a line behind it, which needn't be known before all the rest has been read. It
  /// doesn't count as content.
  ///
  /// @param line without its end; asked for once by each reader
  default Content followedBy(Supplier<String> line) {
    return new Followed(this, line);
  }

  /// Text in memory, for anything small.
  static Content of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static Content of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /// A file on this machine.
  ///
  /// @throws TaskFailed when it isn't there
  static Content ofFile(Path file) {
    try {
      return new LocalFile(file, Files.size(file));
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine");
    }
  }

  /// Content held in memory.
  final class Bytes implements Content {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /// Content of a file, opened anew for each reader.
  record LocalFile(Path file, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }
  }

  /// The end of a content.
  ///
  /// @param from how many bytes come before it
  record Rest(Content whole, long from) implements Content {
    @Override
    public long offset() {
      return from;
    }

    @Override
    public long size() {
      return whole.size() - from;
    }

    @Override
    public InputStream open() throws IOException {
      InputStream stream = whole.open();
      stream.skipNBytes(from);
      return stream;
    }
  }

  /// A content and a line behind it.
  record Followed(Content content, Supplier<String> line) implements Content {
    @Override
    public long size() {
      return content.size();
    }

    @Override
    public long offset() {
      return content.offset();
    }

    @Override
    public InputStream open() throws IOException {
      return new SequenceInputStream(content.open(), new LineStream(line));
    }
  }

  /// A line that is asked for when it is read.
  final class LineStream extends InputStream {
    private final Supplier<String> line;
    private @Nullable InputStream bytes;

    private LineStream(Supplier<String> line) {
      this.line = line;
    }

    private InputStream bytes() {
      InputStream known = bytes;
      if (known == null) {
        known = new ByteArrayInputStream((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
        bytes = known;
      }
      return known;
    }

    @Override
    public int read() throws IOException {
      return bytes().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return bytes().read(into, offset, length);
    }
  }
}
