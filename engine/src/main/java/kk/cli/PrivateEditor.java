package kk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;

/// Lets the user change a secret in an editor. The plain text lies in a folder that only the user
/// can enter, and is gone when the editor ends, also when kk is stopped meanwhile.
final class PrivateEditor {
  private PrivateEditor() {}

  /// The changed content; nothing when it stayed as it was.
  ///
  /// @param name whose ending the editor shall see
  static Optional<byte[]> edit(byte[] content, String name)
      throws IOException, InterruptedException {
    Path folder =
        Files.createTempDirectory(
            place(),
            "kk-vault-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = folder.resolve(String.valueOf(Path.of(name).getFileName()));
    Thread cleaner = new Thread(() -> clean(folder));
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, content);
      int exit =
          new ProcessBuilder("/bin/sh", "-c", editor() + " \"$1\"", "sh", file.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new ProblemsFound(
            Problem.of(
                "editor-failed",
                Span.whole(new Source(editor(), "")),
                "the editor ended with exit status " + exit + "; nothing has been changed"));
      }
      byte[] changed = Files.readAllBytes(file);
      return Arrays.equals(content, changed) ? Optional.empty() : Optional.of(changed);
    } finally {
      clean(folder);
      Runtime.getRuntime().removeShutdownHook(cleaner);
    }
  }

  /// Memory, where a machine has a folder in it, so that the text reaches no disk.
  private static Path place() {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static String editor() {
    return Optional.ofNullable(System.getenv("VISUAL"))
        .or(() -> Optional.ofNullable(System.getenv("EDITOR")))
        .filter(named -> !named.isBlank())
        .orElse("vi");
  }

  /// Removes a folder and what editors leave in it.
  private static void clean(Path folder) {
    try (Stream<Path> all = Files.exists(folder) ? Files.list(folder) : Stream.<Path>empty()) {
      for (Path file : all.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      System.err.println("kk: " + folder + " can't be removed: " + e.getMessage());
    }
  }
}
