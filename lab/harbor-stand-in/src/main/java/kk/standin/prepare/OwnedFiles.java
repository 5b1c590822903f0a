package kk.standin.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Files with the owners that the containers need. Who is not root writes them all the same, and
/// owns them.
final class OwnedFiles {
  static final int HARBOR = 10000;
  static final int DATABASE = 999;

  private OwnedFiles() {}

  static void write(Path file, String text, String permissions) throws IOException {
    write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), permissions);
  }

  static void write(Path file, byte[] content, String permissions) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    own(folder, HARBOR);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    own(file, HARBOR);
  }

  /// Makes a folder; of one with another owner all inside changes hands too.
  static void folder(Path folder, int owner) throws IOException {
    Files.createDirectories(folder);
    if (owner(folder) != owner) {
      for (Path file : everything(folder)) {
        own(file, owner);
      }
    }
  }

  /// Everything inside, deepest first, then the folder.
  static List<Path> everything(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  static void own(Path file, int owner) throws IOException {
    if (isRoot()) {
      Files.setAttribute(file, "unix:uid", owner);
      Files.setAttribute(file, "unix:gid", owner);
    }
  }

  private static int owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid") instanceof Integer uid ? uid : -1;
  }

  private static boolean isRoot() throws IOException {
    return owner(Path.of("/proc/self")) == 0;
  }
}
