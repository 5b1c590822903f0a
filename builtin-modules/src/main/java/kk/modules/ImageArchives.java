package kk.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kk.spi.TaskFailed;

/// Archives of images on this machine. Each is read once, however many hosts it is for.
final class ImageArchives {

  /// An archive as it was when it was read.
  private record Snapshot(Path file, Optional<String> member, long size, long modified) {}

  private final Map<Snapshot, ImageArchive> read = new ConcurrentHashMap<>();

  /// The images of those names in the archive, or all that have a name.
  ///
  /// @param member the archive of images in the file, when that has other files besides
  /// @param names references such as `registry:2.8.3`; empty for all
  /// @param architecture what they must be made for, in Go's words or in the kernel's
  /// @throws TaskFailed when one is missing, or made for another processor
  Map<String, ImageArchive.Image> require(
      Path file, Optional<String> member, List<String> names, Optional<String> architecture) {
    ImageArchive archive = archive(file, member);
    List<String> wanted = names.isEmpty() ? List.copyOf(archive.tags()) : names;
    if (wanted.isEmpty()) {
      throw new TaskFailed(file + " has no tag; give the image's `name`");
    }
    Map<String, ImageArchive.Image> images = new LinkedHashMap<>();
    for (String name : wanted) {
      images.put(name, archive.find(name).orElseThrow(() -> lacks(file, name, archive)));
    }
    architecture.ifPresent(each -> requireArchitecture(file, images, each));
    return images;
  }

  /// @throws TaskFailed when one of the images is made for another processor
  static void requireArchitecture(
      Path file, Map<String, ImageArchive.Image> images, String architecture) {
    String go =
        switch (architecture) {
          case "x86_64" -> "amd64";
          case "aarch64" -> "arm64";
          case String other -> other;
        };
    images.forEach(
        (name, image) -> {
          if (!image.architecture().equals(go)) {
            throw new TaskFailed(
                name + " in " + file + " is made for " + image.architecture() + ", not for " + go);
          }
        });
  }

  private ImageArchive archive(Path file, Optional<String> member) {
    try {
      Snapshot snapshot =
          new Snapshot(file, member, Files.size(file), Files.getLastModifiedTime(file).toMillis());
      return read.computeIfAbsent(snapshot, key -> ImageArchive.read(key.file(), key.member()));
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine");
    }
  }

  private static TaskFailed lacks(Path file, String name, ImageArchive archive) {
    return new TaskFailed(
        file + " doesn't have the image " + name + "; it has " + String.join(", ", archive.tags()));
  }
}
