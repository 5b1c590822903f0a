package kk.template;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;

/// Tests about files of this machine.
final class FileTests {
  private FileTests() {}

  static void addTo(Catalogue tests) {
    tests
        .add(
            "file is_file",
            "",
            "there is a file at that path",
            (input, args) -> java.nio.file.Files.isRegularFile(path(input)))
        .add(
            "directory is_dir",
            "",
            "there is a folder at that path",
            (input, args) -> java.nio.file.Files.isDirectory(path(input)))
        .add(
            "link is_link",
            "",
            "there is a symbolic link at that path",
            (input, args) -> java.nio.file.Files.isSymbolicLink(path(input)))
        .add(
            "exists",
            "",
            "there is something at that path",
            (input, args) -> java.nio.file.Files.exists(path(input)))
        .add(
            "link_exists",
            "",
            "there is something at that path, be it a broken link",
            (input, args) -> java.nio.file.Files.exists(path(input), LinkOption.NOFOLLOW_LINKS))
        .add("abs is_abs", "", "the path is absolute", (input, args) -> path(input).isAbsolute())
        .add(
            "same_file is_same_file",
            "other",
            "both paths are the same file",
            (input, args) -> same(path(input), path(args.value("other"))))
        .add(
            "mount is_mount",
            "",
            "a file system is mounted at that path",
            (input, args) -> isMount(path(input)))
        .add(
            "vaulted_file",
            "",
            "the file is encrypted by Ansible Vault",
            (input, args) -> isVaulted(path(input)));
  }

  private static Path path(@Nullable Object input) {
    if (!(input instanceof String text)) {
      throw Refusal.because(
          "a path is needed, not a value of type `" + Values.typeName(input) + "`");
    }
    return Path.of(text);
  }

  private static boolean same(Path a, Path b) {
    try {
      if (a.toString().isEmpty() || b.toString().isEmpty()) {
        throw Refusal.because("an empty path is no file that could be compared");
      }
      return java.nio.file.Files.isSameFile(a, b);
    } catch (IOException e) {
      throw Refusal.because("the files can't be compared: " + e.getMessage());
    }
  }

  private static boolean isVaulted(Path file) {
    try {
      return Vault.isEncrypted(file);
    } catch (IOException e) {
      throw Refusal.because("`" + file + "` can't be read: " + e.getMessage());
    }
  }

  private static boolean isMount(Path path) {
    Path real = path.toAbsolutePath().normalize();
    Path parent = real.getParent();
    if (parent == null) {
      return true;
    }
    try {
      return java.nio.file.Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)
          && !Objects.equals(
              java.nio.file.Files.getAttribute(real, "unix:dev"),
              java.nio.file.Files.getAttribute(parent, "unix:dev"));
    } catch (IOException e) {
      return false;
    }
  }
}
