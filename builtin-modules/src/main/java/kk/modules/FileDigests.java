package kk.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kk.spi.Content;
import kk.spi.TaskFailed;

/// Remembers the digests of files on this machine while a run lasts: a large file that goes to many
/// hosts is read once. A file that has changed since counts as another one.
final class FileDigests {
  private final Map<Version, List<String>> known = new ConcurrentHashMap<>();

  /// A file as it was when it was read.
  private record Version(Path file, long size, long modified) {}

  /// SHA-256 and SHA-1 of a content, in this order.
  List<String> of(Content content) {
    return switch (content) {
      case Content.LocalFile(Path file, long size) ->
          known.computeIfAbsent(version(file, size), version -> compute(content));
      case Content.Bytes bytes -> compute(bytes);
      case Content.Rest rest -> compute(rest);
    };
  }

  private static List<String> compute(Content content) {
    return List.of(FileSource.digests(content, "SHA-256", "SHA-1"));
  }

  private static Version version(Path file, long size) {
    try {
      return new Version(file, size, Files.getLastModifiedTime(file).toMillis());
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine");
    }
  }
}
