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

  /// The digest of a content in hexadecimal digits.
  static String digest(Content content, String algorithm) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      try (InputStream all = new DigestInputStream(content.open(), digest)) {
        IOUtils.copyLarge(all, NullOutputStream.INSTANCE, new byte[PIECE]);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new TaskFailed("cannot read on this machine: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
