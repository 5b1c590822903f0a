package kk.modules;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kk.spi.Content;
import kk.spi.TaskFailed;

/// Remembers the digests of files on this machine while a run lasts: a large file that goes to many
/// hosts is read once. A file that has changed since counts as another one.
final class FileDigests {
  private static final String COMPARED = "SHA-256";
  private static final String TOLD = "SHA-1";

  private final Map<Version, String> known = new ConcurrentHashMap<>();

  /// A file as it was when it was read.
  private record Version(Path file, long size, long modified, String algorithm) {}

  /// The digest that tells whether a host has this content.
  String sha256(Content content) {
    return of(content, COMPARED);
  }

  /// The digest that Ansible tells of a file.
  String sha1(Content content) {
    return of(content, TOLD);
  }

  private String of(Content content, String algorithm) {
    return switch (content) {
      case Content.LocalFile(Path file, long size) ->
          known.computeIfAbsent(
              version(file, size, algorithm), _ -> FileSource.digest(content, algorithm));
      case Content other -> FileSource.digest(other, algorithm);
    };
  }

  /// Tells a content from others without reading a file. Two with the same mark may still differ.
  String mark(Content content) {
    if (content instanceof Content.LocalFile(Path file, long size)) {
      return HexFormat.of().toHexDigits(version(file, size, "").modified())
          + HexFormat.of().toHexDigits(size);
    }
    return sha256(content);
  }

  private static Version version(Path file, long size, String algorithm) {
    try {
      return new Version(file, size, Files.getLastModifiedTime(file).to(NANOSECONDS), algorithm);
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine");
    }
  }
}
