package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import kk.spi.Content;
import kk.spi.TaskFailed;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.output.NullOutputStream;

/// Where the bytes of a wanted file are before they are written.
sealed interface FileSource {
  /// Bytes read at a time.
  int PIECE = 128 * 1024;

  /// Here, on the control machine.
  ///
  /// @param digests knows what has been read before
  record Here(Content content, FileDigests digests) implements FileSource {
    Here(Content content) {
      this(content, new FileDigests());
    }
  }

  /// Already on the host, in a file there.
  record OnHost(String path) implements FileSource {}

  /// The digests of a content in hexadecimal digits, one per algorithm, read once.
  static String[] digests(Content content, String... algorithms) {
    try {
      MessageDigest[] digests = new MessageDigest[algorithms.length];
      InputStream stream = content.open();
      for (int i = 0; i < algorithms.length; i++) {
        digests[i] = MessageDigest.getInstance(algorithms[i]);
        stream = new DigestInputStream(stream, digests[i]);
      }
      try (InputStream all = stream) {
        IOUtils.copyLarge(all, NullOutputStream.INSTANCE, new byte[PIECE]);
      }
      String[] hex = new String[digests.length];
      for (int i = 0; i < hex.length; i++) {
        hex[i] = HexFormat.of().formatHex(digests[i].digest());
      }
      return hex;
    } catch (IOException e) {
      throw new TaskFailed("cannot read on this machine: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
