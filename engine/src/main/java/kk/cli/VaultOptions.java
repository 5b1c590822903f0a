package kk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.run.Prompter;
import kk.source.Source;
import kk.source.Span;
import kk.spi.Secret;
import kk.vault.VaultKey;

/// Where the passwords come from that open encrypted files and values.
public final class VaultOptions implements Syntax.Arguments {
  private static final String DEFAULT = VaultKey.DEFAULT + "@";

  List<String> files = new ArrayList<>();
  List<String> ids = new ArrayList<>();
  boolean asks;

  @Override
  public void describe(Syntax syntax) {
    syntax
        .texts(
            "--vault-password-file, --vault-pass-file",
            "FILE",
            "file with the password of encrypted files, or a program that prints it",
            values -> files = values)
        .texts(
            "--vault-id",
            "[LABEL@]SOURCE",
            "the same under a name; SOURCE may also be `prompt`",
            values -> ids = values)
        .flag(
            "-J, --ask-vault-pass, --ask-vault-password",
            "ask for the password of encrypted files",
            () -> asks = true);
  }

  /// All passwords, in the order in which they are tried.
  ///
  /// @param further what `--vault-id` would say, from settings
  /// @throws ProblemsFound when one can't be had
  public List<VaultKey> keys(List<String> further, Prompter prompter) {
    List<String> all = new ArrayList<>(further);
    all.addAll(ids);
    files.forEach(file -> all.add(DEFAULT + file));
    if (asks) {
      all.add(DEFAULT + "prompt");
    }
    return all.stream().map(id -> key(id, "Vault password", prompter)).toList();
  }

  /// The password that `[LABEL@]SOURCE` names.
  ///
  /// @param asked how the question for it begins
  static VaultKey key(String id, String asked, Prompter prompter) {
    int at = id.indexOf('@');
    String label = at < 0 ? VaultKey.DEFAULT : id.substring(0, at);
    String source = id.substring(at + 1);
    Span where = new Span(new Source("--vault-id", id), 1, 1, id.length());
    String question = asked + (label.equals(VaultKey.DEFAULT) ? "" : " (" + label + ")") + ": ";
    String password =
        List.of("prompt", "prompt_ask_vault_pass").contains(source)
            ? prompter
                .ask(question, true)
                .orElseThrow(() -> refused(where, "there is no terminal to ask for a password"))
            : from(source, label, where);
    if (password.isBlank()) {
      throw refused(where, "this vault password is empty");
    }
    return new VaultKey(label, new Secret(password.strip()));
  }

  private static String from(String source, String label, Span where) {
    String home = System.getProperty("user.home");
    Path file =
        Path.of(source.startsWith("~/") ? home + source.substring(1) : source).toAbsolutePath();
    try {
      if (!Files.isRegularFile(file)) {
        throw refused(where, "there is no file `" + source + "` with a vault password");
      }
      return Files.isExecutable(file) ? answer(file, label, where) : Files.readString(file);
    } catch (IOException e) {
      throw refused(where, "`" + source + "` can't be read: " + e.getMessage());
    }
  }

  /// What a program prints; one whose name ends in `-client` is told for which label it is asked.
  private static String answer(Path program, String label, Span where) throws IOException {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    if (String.valueOf(program.getFileName()).replaceFirst("\\.\\w+$", "").endsWith("-client")) {
      line.addAll(List.of("--vault-id", label));
    }
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw refused(where, "`" + program + "` ended with exit status " + exit);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
    return answer;
  }

  private static ProblemsFound refused(Span at, String why) {
    return new ProblemsFound(Problem.of("vault-password", at, why));
  }
}
