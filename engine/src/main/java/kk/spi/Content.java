package kk.spi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
