package kk.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// Opens what is encrypted, with the passwords of a run. Whatever it opens is a secret, and is told
/// to a listener before anybody else sees it. Safe for use by many threads at once.
public final class Vault {
  /// A vault without a password.
  public static final Vault CLOSED = new Vault(List.of(), secret -> {});

  private static final int SHORTEST_LINE = 8;

  private final List<VaultKey> keys;
  private final Consumer<String> secrets;
  private final Map<String, String> opened = new ConcurrentHashMap<>();

  /// A vault with passwords.
  ///
  /// @param keys the first that fits opens; those with the label of the text are tried first
  /// @param secrets is told everything that must not be shown
  public Vault(List<VaultKey> keys, Consumer<String> secrets) {
    this.keys = List.copyOf(keys);
    this.secrets = secrets;
  }

  /// Whether a content is encrypted as a whole.
  public static boolean isEncrypted(byte[] content) {
    byte[] mark = VaultText.MARK.getBytes(StandardCharsets.US_ASCII);
    return content.length >= mark.length
        && ByteBuffer.wrap(content, 0, mark.length).equals(ByteBuffer.wrap(mark));
  }

  /// Whether a file is encrypted as a whole.
  public static boolean isEncrypted(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return isEncrypted(content.readNBytes(VaultText.MARK.length()));
    }
  }

  /// The plain text of an encrypted value. Opening takes milliseconds, so it is done once.
  ///
  /// @throws ProblemsFound when it is damaged or no password fits
  public String open(Encrypted value) {
    return opened.computeIfAbsent(
        value.text(),
        text -> {
          String plain = new String(opened(text, value.at()), StandardCharsets.UTF_8);
          keep(plain);
          return plain;
        });
  }

  /// The text of a file of any kind, opened if it is encrypted.
  ///
  /// @param name what the file is called in problems
  /// @throws ProblemsFound when it is damaged or no password fits
  public Source read(Path file, String name) throws IOException {
    byte[] content = Files.readAllBytes(file);
    String text = decoded(bytes(content, name));
    return isEncrypted(content) ? Source.hidden(name, text) : new Source(name, text);
  }

  /// The plain bytes of an encrypted file.
  ///
  /// @throws ProblemsFound when it is damaged or no password fits
  public byte[] open(Path file) throws IOException {
    byte[] plain = bytes(Files.readAllBytes(file), file.toString());
    keep(new String(plain, StandardCharsets.UTF_8));
    return plain;
  }

  private byte[] bytes(byte[] content, String name) {
    if (!isEncrypted(content)) {
      return content;
    }
    String text = new String(content, StandardCharsets.US_ASCII);
    return opened(text, new Span(new Source(name, text), 1, 1, text.indexOf('\n')));
  }

  /// Learns the texts of what a hidden source comes to as secrets.
  public <T> T keep(Source source, T values) {
    if (source.isHidden()) {
      keep(values);
    }
    return values;
  }

  private void keep(@Nullable Object value) {
    switch (value) {
      case String text -> {
        secrets.accept(text.strip());
        if (text.strip().contains("\n")) {
          text.lines()
              .map(String::strip)
              .filter(line -> line.length() >= SHORTEST_LINE)
              .forEach(secrets);
        }
      }
      case Map<?, ?> map -> map.values().forEach(this::keep);
      case List<?> list -> list.forEach(this::keep);
      case null -> {}
      default -> {}
    }
  }

  /// The key with which a text was encrypted, and what it comes to.
  public static final class Opened {
    private final VaultKey key;
    private final byte[] plain;

    private Opened(VaultKey key, byte[] plain) {
      this.key = key;
      this.plain = plain;
    }

    public VaultKey key() {
      return key;
    }

    public byte[] plain() {
      return plain.clone();
    }
  }

  /// Opens a text and tells with which key.
  ///
  /// @throws ProblemsFound when it is damaged or no password fits
  public Opened open(String text, Span at) {
    VaultText sealed;
    try {
      sealed = VaultText.read(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemsFound(
          Problem.of("vault-form", at, "this can't be an encrypted text")
              .note(String.valueOf(e.getMessage())));
    }
    if (keys.isEmpty()) {
      throw new ProblemsFound(
          Problem.of("no-vault-password", at, "this is encrypted, and no vault password is given")
              .hint("give it with `--vault-password-file FILE` or `--ask-vault-pass`"));
    }
    List<VaultKey> order = new ArrayList<>(keys);
    order.sort(Comparator.comparing(key -> !key.label().equals(sealed.label())));
    for (VaultKey key : order) {
      byte[] plain = sealed.open(key.password()).orElse(null);
      if (plain != null) {
        return new Opened(new VaultKey(sealed.label(), key.password()), plain);
      }
    }
    throw new ProblemsFound(
        Problem.of("wrong-vault-password", at, "none of the given vault passwords opens this")
            .note("its vault id is `" + sealed.label() + "`")
            .note("given: " + String.join(", ", keys.stream().map(VaultKey::label).toList())));
  }

  private byte[] opened(String text, Span at) {
    return open(text, at).plain();
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
