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

/// `kk vault`: encrypts and opens files in the format of `ansible-vault`. A method for each of its
/// commands.
final class VaultCommand {
  private static final String NEW = "New vault password";
  private static final String INDENT = " ".repeat(10);

  private final Terminal terminal;
  private final InputStream input;

  VaultCommand(Terminal terminal, InputStream input) {
    this.terminal = terminal;
    this.input = input;
  }

  /// How its commands are written.
  Syntax syntax() {
    return Syntax.group(
        "vault",
        "Encrypts files and values, and opens them, in the format of ansible-vault.",
        List.of(encrypt(), decrypt(), view(), edit(), encryptString(), rekey()));
  }

  /// The files a command works on; none means standard input and output.
  private static final class Files implements Syntax.Arguments {
    private List<String> names = new ArrayList<>();
    private Optional<String> output = Optional.empty();

    @Override
    public void describe(Syntax syntax) {
      syntax
          .words(
              "FILE",
              "files; `-` or none is standard input",
              "0..*",
              String.class,
              files -> names = files)
          .text(
              "--output",
              "FILE",
              "where the result goes, instead of the file itself; `-` is standard output",
              file -> output = Optional.of(file));
    }

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
  private static final class Label implements Syntax.Arguments {
    private Optional<String> label = Optional.empty();

    @Override
    public void describe(Syntax syntax) {
      syntax.text(
          "--encrypt-vault-id",
          "LABEL",
          "which of several passwords encrypts",
          given -> label = Optional.of(given));
    }
  }

  private Syntax encrypt() {
    VaultOptions passwords = new VaultOptions();
    Label label = new Label();
    Files files = new Files();
    return Syntax.of("encrypt", "Encrypts files.", () -> encrypt(passwords, label, files))
        .with(passwords)
        .with(label)
        .with(files);
  }

  private int encrypt(VaultOptions passwords, Label label, Files files) throws IOException {
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

  private Syntax decrypt() {
    VaultOptions passwords = new VaultOptions();
    Files files = new Files();
    return Syntax.of("decrypt", "Opens files for good.", () -> decrypt(passwords, files))
        .with(passwords)
        .with(files);
  }

  private int decrypt(VaultOptions passwords, Files files) throws IOException {
    Vault vault = opening(passwords);
    for (VaultFile file : files.all(input, terminal)) {
      file.writePlain(file.open(vault).plain());
    }
    return ExitCode.DONE.number();
  }

  private Syntax view() {
    VaultOptions passwords = new VaultOptions();
    Files files = new Files();
    return Syntax.of("view", "Shows what is in encrypted files.", () -> view(passwords, files))
        .with(passwords)
        .with(files);
  }

  private int view(VaultOptions passwords, Files files) throws IOException {
    Vault vault = opening(passwords);
    for (VaultFile file : files.all(input, terminal)) {
      terminal.standardOutput().write(file.open(vault).plain());
      terminal.standardOutput().flush();
    }
    return ExitCode.DONE.number();
  }

  private Syntax edit() {
    VaultOptions passwords = new VaultOptions();
    Files files = new Files();
    return Syntax.of(
            "edit",
            "Lets $EDITOR change what is in an encrypted file.",
            () -> edit(passwords, files.names.getFirst()))
        .with(passwords)
        .word("FILE", "an encrypted file", "1", String.class, name -> files.names = List.of(name));
  }

  private int edit(VaultOptions passwords, String name) throws IOException, InterruptedException {
    VaultFile file = new VaultFile(name, name, input, terminal.standardOutput());
    Vault.Opened opened = file.open(opening(passwords));
    Optional<byte[]> changed = PrivateEditor.edit(opened.plain(), name);
    if (changed.isPresent()) {
      file.writeEncrypted(VaultText.of(changed.get(), opened.key()));
    }
    return ExitCode.DONE.number();
  }

  /// Values to encrypt, and their names.
  private static final class Values implements Syntax.Arguments {
    private List<String> texts = List.of();
    private List<String> names = List.of();
    private Optional<String> inputName = Optional.empty();
    private boolean asks;

    @Override
    public void describe(Syntax syntax) {
      syntax
          .words(
              "TEXT",
              "values; without one, standard input is read, which no list of processes shows",
              "0..*",
              String.class,
              given -> texts = given)
          .texts(
              "-n, --name",
              "NAME",
              "name of the variable, once for each value",
              given -> names = given)
          .text(
              "--stdin-name",
              "NAME",
              "name of the variable whose value is read from standard input",
              given -> inputName = Optional.of(given))
          .flag("-p, --prompt", "ask for the value", () -> asks = true);
    }
  }

  private Syntax encryptString() {
    VaultOptions passwords = new VaultOptions();
    Label label = new Label();
    Values values = new Values();
    return Syntax.of(
            "encrypt-string",
            "Encrypts a value, to be pasted into a YAML file.",
            () -> encryptString(passwords, label, values))
        .alias("encrypt_string")
        .with(passwords)
        .with(label)
        .with(values);
  }

  private int encryptString(VaultOptions passwords, Label label, Values given) throws IOException {
    VaultKey key = encrypting(passwords, label);
    List<String> values = new ArrayList<>(given.texts);
    List<String> called = new ArrayList<>(given.names);
    boolean reads = values.remove(VaultFile.STANDARD) || given.inputName.isPresent();
    if (given.asks) {
      values.add(terminal.ask("Value to encrypt: ", true).orElseThrow(VaultCommand::nobody));
    } else if (reads || values.isEmpty()) {
      values.add(new String(input.readAllBytes(), StandardCharsets.UTF_8));
      given.inputName.ifPresent(called::add);
    }
    for (int i = 0; i < values.size(); i++) {
      VaultText text = VaultText.of(values.get(i).getBytes(StandardCharsets.UTF_8), key);
      terminal.standardOutput().print(i < called.size() ? called.get(i) + ": " : "");
      terminal.standardOutput().print("!vault |\n" + text.text().indent(INDENT.length()));
    }
    return ExitCode.DONE.number();
  }

  /// The password that files get instead.
  private static final class NewPassword implements Syntax.Arguments {
    private Optional<String> id = Optional.empty();

    @Override
    public void describe(Syntax syntax) {
      syntax
          .text(
              "--new-vault-password-file",
              "FILE",
              "file with the new password, or a program that prints it",
              file -> id = id.or(() -> Optional.of(VaultKey.DEFAULT + "@" + file)))
          .text(
              "--new-vault-id",
              "[LABEL@]SOURCE",
              "the new password under a name",
              given -> id = Optional.of(given));
    }
  }

  private Syntax rekey() {
    VaultOptions passwords = new VaultOptions();
    Files files = new Files();
    NewPassword password = new NewPassword();
    return Syntax.of(
            "rekey", "Gives files another password.", () -> rekey(passwords, files, password))
        .with(passwords)
        .with(files)
        .with(password);
  }

  private int rekey(VaultOptions passwords, Files files, NewPassword password) throws IOException {
    Vault vault = opening(passwords);
    List<VaultFile> all = files.all(input, terminal);
    List<Vault.Opened> opened = new ArrayList<>();
    for (VaultFile file : all) { // all of them fit before the first one is written
      opened.add(file.open(vault));
    }
    VaultKey key =
        password.id.map(id -> VaultOptions.key(id, NEW, terminal::ask)).orElseGet(this::chosen);
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
