package kk.modules;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;

/// Walks through a tar archive: ustar, with the long names of GNU and of POSIX (pax).
final class TarReader {
  private static final int BLOCK = 512;

  private final InputStream stream;
  private long remaining;
  private long padding;

  TarReader(InputStream stream) {
    this.stream = stream;
  }

  /// A member.
  ///
  /// @param type `0` file, `1` hard link, `2` symbolic link, `5` directory
  record Entry(String name, char type, long size, long modified, String linkName) {
    boolean isFile() {
      return type == '0' || type == '7';
    }
  }

  /// The next member; nothing at the end of the archive.
  ///
  /// @throws IOException when this is no tar archive, or it ends in the middle
  Optional<Entry> next() throws IOException {
    Optional<String> longName = Optional.empty();
    Optional<String> longLink = Optional.empty();
    Optional<Long> longSize = Optional.empty();
    while (true) {
      IOUtils.skipFully(stream, remaining + padding);
      byte[] header = new byte[BLOCK];
      int read = IOUtils.read(stream, header);
      if (read == 0 || isBlank(header)) {
        return Optional.empty();
      }
      if (read < BLOCK) {
        throw new EOFException("the archive ends in the middle");
      }
      check(header);
      long size = number(header, 124, 12);
      char type = header[156] == 0 ? '0' : (char) header[156];
      remaining = longSize.orElse(size);
      padding = (BLOCK - remaining % BLOCK) % BLOCK;
      switch (type) {
        case 'L' -> longName = Optional.of(text());
        case 'K' -> longLink = Optional.of(text());
        case 'x' -> {
          String pax = text();
          longName = paxValue(pax, "path").or(() -> Optional.empty());
          longLink = paxValue(pax, "linkpath");
          longSize = paxValue(pax, "size").map(Long::parseLong);
        }
        case 'g' -> {}
        default -> {
          return Optional.of(
              new Entry(
                  longName.orElseGet(() -> name(header)),
                  type,
                  remaining,
                  number(header, 136, 12),
                  longLink.orElseGet(() -> string(header, 157, 100))));
        }
      }
    }
  }

  /// The content of the member that [#next] gave. For small ones.
  byte[] content() throws IOException {
    byte[] bytes = new byte[Math.toIntExact(remaining)];
    IOUtils.readFully(stream, bytes);
    remaining = 0;
    return bytes;
  }

  /// Hands on the content of the member that [#next] gave, whatever its size.
  void copyTo(OutputStream target) throws IOException {
    long copied = IOUtils.copyLarge(stream, target, 0, remaining);
    if (copied < remaining) {
      throw new EOFException("the archive ends in the middle");
    }
    remaining = 0;
  }

  /// The content of the member that [#next] gave, to be read before the next one is asked for.
  InputStream stream() throws IOException {
    InputStream content =
        BoundedInputStream.builder().setInputStream(stream).setMaxCount(remaining).get();
    remaining = 0;
    return content;
  }

  private String text() throws IOException {
    String text = new String(content(), StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private static Optional<String> paxValue(String pax, String key) {
    return pax.lines()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst();
  }

  private static String name(byte[] header) {
    String prefix =
        string(header, 257, 6).equals("ustar") && header[262] == 0 ? string(header, 345, 155) : "";
    return prefix.isEmpty() ? string(header, 0, 100) : prefix + "/" + string(header, 0, 100);
  }

  private static String string(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static long number(byte[] header, int offset, int length) throws IOException {
    if ((header[offset] & 0x80) != 0) {
      long value = 0;
      for (int i = offset + length - 8; i < offset + length; i++) {
        value = value << 8 | (header[i] & 0xff);
      }
      return value;
    }
    String digits = string(header, offset, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("it is no tar archive", e);
    }
  }

  private static void check(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8)) {
      throw new IOException("it is no tar archive");
    }
  }

  private static boolean isBlank(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
