package kk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;
import kk.vault.VaultKey;
import kk.vault.VaultText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kk vault`: encrypts and opens files in the format of `ansible-vault`. A method for each of its
/// commands.
@Command(
    name = "vault",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Encrypts files and values, and opens them, in the format of ansible-vault.")
final class VaultCommand {
  private static final String NEW = "New vault password";
  private static final String INDENT = " ".repeat(10);

  private final Terminal terminal;
  private final InputStream input;

  VaultCommand(Terminal terminal, InputStream input) {
    this.terminal = terminal;
    this.input = input;
  }

  /// The files a command works on; none means standard input and output.
  static final class Files {
    @Parameters(paramLabel = "FILE", description = "files; `-` or none is standard input")
    List<String> names = new ArrayList<>();

    @Option(
        names = "--output",
        paramLabel = "FILE",
        description = "where the result goes, instead of the file itself; `-` is standard output")
    Optional<String> output = Optional.empty();

    List<VaultFile> all(InputStream input, Terminal terminal) {
      List<String> given = names.isEmpty() ? List.of(VaultFile.STANDARD) : names;
      if (output.isPresent() && given.size() > 1) {
        throw refused("--output", "`--output` takes one file alone");
      }
      return given.stream()
          .map(name -> new VaultFile(name, output.orElse(name), input, terminal.standardOutput()))
          .toList();
    }
  }

  /// With which password to encrypt.
  static final class Label {
    @Option(
        names = "--encrypt-vault-id",
        paramLabel = "LABEL",
        description = "which of several passwords encrypts")
    Optional<String> label = Optional.empty();
  }

  @Command(mixinStandardHelpOptions = true, description = "Encrypts files.")
  int encrypt(@Mixin VaultOptions passwords, @Mixin Label label, @Mixin Files files)
      throws IOException {
    VaultKey key = encrypting(passwords, label);
    for (VaultFile file : files.all(input, terminal)) {
      byte[] plain = file.read();
      if (Vault.isEncrypted(plain)) {
        throw refused(file.name(), "this is encrypted already");
      }
      file.writeEncrypted(VaultText.of(plain, key));
    }
    return ExitCode.DONE.number();
  }

  @Command(mixinStandardHelpOptions = true, description = "Opens files for good.")
  int decrypt(@Mixin VaultOptions passwords, @Mixin Files files) throws IOException {
    Vault vault = opening(passwords);
    for (VaultFile file : files.all(input, terminal)) {
      file.writePlain(file.open(vault).plain());
    }
    return ExitCode.DONE.number();
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows what is in encrypted files.")
  int view(@Mixin VaultOptions passwords, @Mixin Files files) throws IOException {
    Vault vault = opening(passwords);
    for (VaultFile file : files.all(input, terminal)) {
      terminal.standardOutput().write(file.open(vault).plain());
      terminal.standardOutput().flush();
    }
    return ExitCode.DONE.number();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lets $EDITOR change what is in an encrypted file.")
  int edit(
      @Mixin VaultOptions passwords,
      @Parameters(paramLabel = "FILE", description = "an encrypted file") String name)
      throws IOException, InterruptedException {
    VaultFile file = new VaultFile(name, name, input, terminal.standardOutput());
    Vault.Opened opened = file.open(opening(passwords));
    Optional<byte[]> changed = PrivateEditor.edit(opened.plain(), name);
    if (changed.isPresent()) {
      file.writeEncrypted(VaultText.of(changed.get(), opened.key()));
    }
    return ExitCode.DONE.number();
  }

  @Command(
      name = "encrypt-string",
      aliases = "encrypt_string",
      mixinStandardHelpOptions = true,
      description = "Encrypts a value, to be pasted into a YAML file.")
  int encryptString(
      @Mixin VaultOptions passwords,
      @Mixin Label label,
      @Parameters(
              paramLabel = "TEXT",
              description =
                  "values; without one, standard input is read, which no list of"
                      + " processes shows")
          List<String> texts,
      @Option(
              names = {"-n", "--name"},
              paramLabel = "NAME",
              description = "name of the variable, once for each value")
          List<String> names,
      @Option(
              names = "--stdin-name",
              paramLabel = "NAME",
              description = "name of the variable whose value is read from standard input")
          Optional<String> inputName,
      @Option(
              names = {"-p", "--prompt"},
              description = "ask for the value")
          boolean asks)
      throws IOException {
    VaultKey key = encrypting(passwords, label);
    List<String> values = new ArrayList<>(texts == null ? List.of() : texts);
    List<String> called = new ArrayList<>(names == null ? List.of() : names);
    boolean reads = values.remove(VaultFile.STANDARD) || inputName.isPresent();
    if (asks) {
      values.add(terminal.ask("Value to encrypt: ", true).orElseThrow(VaultCommand::nobody));
    } else if (reads || values.isEmpty()) {
      values.add(new String(input.readAllBytes(), StandardCharsets.UTF_8));
      inputName.ifPresent(called::add);
    }
    for (int i = 0; i < values.size(); i++) {
      VaultText text = VaultText.of(values.get(i).getBytes(StandardCharsets.UTF_8), key);
      terminal.standardOutput().print(i < called.size() ? called.get(i) + ": " : "");
      terminal.standardOutput().print("!vault |\n" + text.text().indent(INDENT.length()));
    }
    return ExitCode.DONE.number();
  }

  @Command(mixinStandardHelpOptions = true, description = "Gives files another password.")
  int rekey(
      @Mixin VaultOptions passwords,
      @Mixin Files files,
      @Option(
              names = "--new-vault-password-file",
              paramLabel = "FILE",
              description = "file with the new password, or a program that prints it")
          Optional<String> newFile,
      @Option(
              names = "--new-vault-id",
              paramLabel = "[LABEL@]SOURCE",
              description = "the new password under a name")
          Optional<String> newId)
      throws IOException {
    Vault vault = opening(passwords);
    List<VaultFile> all = files.all(input, terminal);
    List<Vault.Opened> opened = new ArrayList<>();
    for (VaultFile file : all) { // all of them fit before the first one is written
      opened.add(file.open(vault));
    }
    VaultKey key =
        newId
            .or(() -> newFile.map(file -> VaultKey.DEFAULT + "@" + file))
            .map(id -> VaultOptions.key(id, NEW, terminal::ask))
            .orElseGet(this::chosen);
    for (int i = 0; i < all.size(); i++) {
      all.get(i).writeEncrypted(VaultText.of(opened.get(i).plain(), key));
    }
    return ExitCode.DONE.number();
  }

  private Vault opening(VaultOptions passwords) {
    List<VaultKey> keys = passwords.keys(List.of(), terminal::ask);
    return new Vault(
        keys.isEmpty() && terminal.interactive()
            ? List.of(VaultOptions.key("prompt", "Vault password", terminal::ask))
            : keys,
        secret -> {});
  }

  private VaultKey encrypting(VaultOptions passwords, Label label) {
    List<VaultKey> keys = passwords.keys(List.of(), terminal::ask);
    if (keys.isEmpty()) {
      return chosen();
    }
    List<String> labels = keys.stream().map(VaultKey::label).toList();
    if (label.label.isEmpty() && keys.size() > 1) {
      throw refused(
          "--encrypt-vault-id",
          "several passwords are given: say with `--encrypt-vault-id` which one encrypts; there are"
              + " "
              + String.join(", ", labels));
    }
    String wanted = label.label.orElse(labels.getFirst());
    return keys.stream()
        .filter(key -> key.label().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemsFound(
                    Problem.of(
                            "vault-password",
                            new Span(
                                new Source("--encrypt-vault-id", wanted), 1, 1, wanted.length()),
                            "no password has the label `" + wanted + "`")
                        .suggest(wanted, labels)));
  }

  /// A new password, typed twice.
  private VaultKey chosen() {
    VaultKey key = VaultOptions.key("prompt", NEW, terminal::ask);
    if (!key.equals(VaultOptions.key("prompt", "Again", terminal::ask))) {
      throw refused("--ask-vault-pass", "the two passwords differ");
    }
    return key;
  }

  private static ProblemsFound nobody() {
    return refused("--prompt", "there is no terminal to ask for a value");
  }

  private static ProblemsFound refused(String name, String why) {
    return new ProblemsFound(Problem.of("vault-password", Span.whole(new Source(name, "")), why));
  }
}
