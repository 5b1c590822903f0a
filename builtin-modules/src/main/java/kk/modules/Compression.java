package kk.modules;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import kk.spi.Content;

/// How a file is packed, told by its first bytes and never by its name.
enum Compression {
  NONE,
  GZIP,
  XZ,
  ZSTD,
  BZIP2,
  ZIP;

  private static final int PEEK = 6;
  private static final int BUFFER = 64 * 1024;

  static Compression of(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return of(stream);
    }
  }

  static Compression of(Content content) throws IOException {
    try (InputStream stream = content.open()) {
      return of(stream);
    }
  }

  private static Compression of(InputStream stream) throws IOException {
    byte[] magic = stream.readNBytes(PEEK);
    if (starts(magic, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (starts(magic, 0xfd, '7', 'z', 'X', 'Z')) {
      return XZ;
    }
    if (starts(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      return ZSTD;
    }
    if (starts(magic, 'B', 'Z', 'h')) {
      return BZIP2;
    }
    return starts(magic, 'P', 'K', 3, 4) || starts(magic, 'P', 'K', 5, 6) ? ZIP : NONE;
  }

  /// Whether [#open] can unpack it here.
  boolean isReadable() {
    return this == NONE || this == GZIP;
  }

  /// The unpacked bytes.
  InputStream open(Path file) throws IOException {
    return open(Files.newInputStream(file));
  }

  InputStream open(Content content) throws IOException {
    return open(content.open());
  }

  private InputStream open(InputStream stream) throws IOException {
    try {
      return switch (this) {
        case GZIP -> gunzipped(stream);
        case NONE -> stream;
        case XZ, ZSTD, BZIP2, ZIP -> throw new IOException("packed with " + this);
      };
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  /// The bytes of a stream, unpacked if they are packed with gzip.
  static InputStream unpacked(InputStream stream) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
    buffered.mark(PEEK);
    byte[] magic = buffered.readNBytes(2);
    buffered.reset();
    return starts(magic, 0x1f, 0x8b) ? gunzipped(buffered) : buffered;
  }

  private static InputStream gunzipped(InputStream stream) throws IOException {
    return new BufferedInputStream(new GZIPInputStream(stream, BUFFER), BUFFER);
  }

  private static boolean starts(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
