package kk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;
import kk.vault.VaultText;

/// A file that `kk vault` works on. It is replaced as a whole, so that a crash leaves the old one
/// or the new one.
///
/// @param name what is read; [#STANDARD] is standard input
/// @param target what is written; [#STANDARD] is standard output
record VaultFile(String name, String target, InputStream input, PrintStream output) {
  static final String STANDARD = "-";

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  byte[] read() throws IOException {
    if (name.equals(STANDARD)) {
      return input.readAllBytes();
    }
    if (!Files.isRegularFile(Path.of(name))) {
      throw new ProblemsFound(
          Problem.of(
              "missing-file", Span.whole(new Source(name, "")), "there is no file `" + name + "`"));
    }
    return Files.readAllBytes(Path.of(name));
  }

  Vault.Opened open(Vault vault) throws IOException {
    String text = new String(read(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    Source source =
        text.startsWith(VaultText.MARK) ? new Source(name, text) : Source.hidden(name, text);
    return vault.open(text, new Span(source, 1, 1, Math.max(1, end)));
  }

  /// Writes what everybody may see who could see the file before.
  void writeEncrypted(VaultText text) throws IOException {
    Path old = Path.of(target);
    boolean known = !target.equals(STANDARD) && Files.exists(old);
    write(
        text.text().getBytes(StandardCharsets.US_ASCII),
        known ? Files.getPosixFilePermissions(old) : PRIVATE);
  }

  /// Writes what nobody else may see.
  void writePlain(byte[] plain) throws IOException {
    write(plain, PRIVATE);
  }

  private void write(byte[] content, Set<PosixFilePermission> permissions) throws IOException {
    if (target.equals(STANDARD)) {
      output.write(content);
      output.flush();
      return;
    }
    Path file = Path.of(target).toAbsolutePath();
    file = Files.exists(file) ? file.toRealPath() : file;
    Path folder = file.getParent();
    Path fresh =
        Files.createTempFile(
            folder, ".kk-vault-", "", PosixFilePermissions.asFileAttribute(PRIVATE));
    try {
      Files.write(fresh, content);
      Files.setPosixFilePermissions(fresh, permissions);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
