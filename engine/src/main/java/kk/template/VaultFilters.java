package kk.template;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import kk.source.Source;
import kk.spi.Secret;
import kk.vault.Vault;
import kk.vault.VaultKey;
import kk.vault.VaultText;
import org.jspecify.annotations.Nullable;

/// Filters that encrypt and open texts in the format of Ansible Vault, with a password of their
/// own. Passwords, and whatever they open, are secrets from then on.
final class VaultFilters {
  private static final String USUAL_LABEL = "filter_default";

  private VaultFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .add(
            "vault",
            "secret salt? vault_id? wrap_object? vaultid?",
            "encrypted as Ansible Vault does it",
            (input, args) -> encrypted(TextFilters.needed(input, "vault"), args))
        .add(
            "unvault",
            "secret vault_id? vaultid?",
            "the plain text of what Ansible Vault has encrypted; any other text as it is",
            (input, args) -> opened(TextFilters.needed(input, "unvault"), args));
  }

  private static String encrypted(String plain, Arguments args) {
    if (args.flag("wrap_object", false)) {
      throw Refusal.argument(
          "kk has no values that stay encrypted: leave `wrap_object` out, and put the text behind"
              + " `!vault |`");
    }
    VaultKey key = new VaultKey(label(args), password(args));
    byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
    Optional<byte[]> salt = salt(args);
    return (salt.isPresent() ? VaultText.of(bytes, key, salt.get()) : VaultText.of(bytes, key))
        .text();
  }

  private static Optional<byte[]> salt(Arguments args) {
    if (args.value("salt") == null) {
      return Optional.empty();
    }
    String salt = args.text("salt");
    if (salt.isEmpty()) {
      throw Refusal.argument("`salt` of `vault` can't be empty; without it a random one is used");
    }
    return Optional.of(salt.getBytes(StandardCharsets.UTF_8));
  }

  private static String label(Arguments args) {
    String label = args.text("vault_id", args.text("vaultid", USUAL_LABEL));
    if (label.indexOf(';') >= 0 || label.indexOf('\n') >= 0) {
      throw Refusal.argument("`vault_id` of `vault` can't have `;` or a line break in it");
    }
    return label;
  }

  private static Secret password(Arguments args) {
    String password = args.text("secret");
    remember(password, args);
    return new Secret(password);
  }

  private static @Nullable Object opened(String text, Arguments args) {
    Secret password = password(args);
    label(args);
    if (!Vault.isEncrypted(text.getBytes(StandardCharsets.UTF_8))) {
      return text;
    }
    byte[] plain;
    try {
      plain =
          VaultText.read(text)
              .open(password)
              .orElseThrow(
                  () -> Refusal.because("`unvault` got a password that does not open the text"));
    } catch (IllegalArgumentException e) {
      throw Refusal.because("`unvault` can't read the encrypted text: " + e.getMessage());
    }
    String opened = new String(plain, StandardCharsets.UTF_8);
    remember(opened, args);
    return opened;
  }

  private static void remember(String secret, Arguments args) {
    args.evaluator().session().files().vault().keep(Source.hidden("vault", secret), secret);
  }
}
