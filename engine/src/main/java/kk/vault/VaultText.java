package kk.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import kk.spi.Secret;

/// A text in the format of `ansible-vault`, 1.1 or 1.2: a header line, then salt, seal and the
/// encrypted bytes in hexadecimal digits, which are written in hexadecimal digits once more. Keys
/// are derived by PBKDF2 with HMAC-SHA256; AES-256 in counter mode encrypts, HMAC-SHA256 seals.
public final class VaultText {
  /// What every encrypted text begins with.
  public static final String MARK = "$ANSIBLE_VAULT;";

  private static final String CIPHER = "AES256";
  private static final int ROUNDS = 10_000;
  private static final int KEY = 32;
  private static final int BLOCK = 16;
  private static final int LINE = 80;
  private static final HexFormat HEX = HexFormat.of();

  private final String label;
  private final byte[] salt;
  private final byte[] seal;
  private final byte[] sealed;

  private VaultText(String label, byte[] salt, byte[] seal, byte[] sealed) {
    this.label = label;
    this.salt = salt;
    this.seal = seal;
    this.sealed = sealed;
  }

  /// The vault id, [VaultKey#DEFAULT] when the header has none.
  public String label() {
    return label;
  }

  /// Reads an encrypted text.
  ///
  /// @throws IllegalArgumentException with the reason when it is none, or damaged
  public static VaultText read(String text) {
    List<String> lines = text.strip().lines().map(String::strip).toList();
    String[] header = lines.isEmpty() ? new String[0] : lines.getFirst().split(";", -1);
    if (header.length < 3 || !(header[0] + ";").equals(MARK)) {
      throw new IllegalArgumentException(
          "it has to begin with " + MARK + ", a version and a cipher");
    }
    if (!List.of("1.1", "1.2").contains(header[1])) {
      throw new IllegalArgumentException("its version " + header[1] + " is neither 1.1 nor 1.2");
    }
    if (!header[2].equals(CIPHER)) {
      throw new IllegalArgumentException("its cipher " + header[2] + " isn't " + CIPHER);
    }
    String label = header.length > 3 && !header[3].isEmpty() ? header[3] : VaultKey.DEFAULT;
    try {
      String digits = String.join("", lines.subList(1, lines.size()));
      String[] parts = new String(HEX.parseHex(digits), StandardCharsets.US_ASCII).split("\n", -1);
      if (parts.length == 3) {
        return new VaultText(
            label, HEX.parseHex(parts[0]), HEX.parseHex(parts[1]), HEX.parseHex(parts[2]));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its digits are damaged or cut off", e);
    }
    throw new IllegalArgumentException("its digits are damaged or cut off");
  }

  /// Encrypts with a fresh salt.
  public static VaultText of(byte[] plain, VaultKey key) {
    byte[] salt = new byte[KEY];
    new SecureRandom().nextBytes(salt);
    return of(plain, key, salt);
  }

  /// Encrypts with a salt, which gives the same text each time.
  ///
  /// @param salt at least one byte
  public static VaultText of(byte[] plain, VaultKey key, byte[] salt) {
    Keys keys = Keys.of(key.password(), salt);
    byte[] sealed = keys.crypt(Cipher.ENCRYPT_MODE, padded(plain));
    return new VaultText(key.label(), salt.clone(), keys.seal(sealed), sealed);
  }

  /// The plain bytes; nothing when the password is another one.
  public Optional<byte[]> open(Secret password) {
    Keys keys = Keys.of(password, salt);
    if (!MessageDigest.isEqual(seal, keys.seal(sealed))) {
      return Optional.empty();
    }
    byte[] padded = keys.crypt(Cipher.DECRYPT_MODE, sealed);
    int padding = padded.length == 0 ? 0 : Math.min(padded[padded.length - 1], BLOCK);
    return Optional.of(Arrays.copyOf(padded, padded.length - padding));
  }

  /// The text as it stands in a file, its last line with a line break.
  public String text() {
    boolean named = !label.equals(VaultKey.DEFAULT);
    StringBuilder out = new StringBuilder(MARK);
    out.append(named ? "1.2;" : "1.1;").append(CIPHER).append(named ? ";" + label : "");
    out.append('\n');
    String parts = HEX.formatHex(salt) + "\n" + HEX.formatHex(seal) + "\n" + HEX.formatHex(sealed);
    String digits = HEX.formatHex(parts.getBytes(StandardCharsets.US_ASCII));
    for (int from = 0; from < digits.length(); from += LINE) {
      out.append(digits, from, Math.min(digits.length(), from + LINE)).append('\n');
    }
    return out.toString();
  }

  private static byte[] padded(byte[] plain) {
    int padding = BLOCK - plain.length % BLOCK;
    byte[] padded = Arrays.copyOf(plain, plain.length + padding);
    Arrays.fill(padded, plain.length, padded.length, (byte) padding);
    return padded;
  }

  /// What a password and a salt come to.
  private record Keys(SecretKeySpec forText, SecretKeySpec forSeal, IvParameterSpec counter) {

    static Keys of(Secret password, byte[] salt) {
      try {
        PBEKeySpec spec =
            new PBEKeySpec(
                password.reveal().toCharArray(), salt, ROUNDS, (KEY + KEY + BLOCK) * Byte.SIZE);
        byte[] derived =
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        spec.clearPassword();
        return new Keys(
            new SecretKeySpec(derived, 0, KEY, "AES"),
            new SecretKeySpec(derived, KEY, KEY, "HmacSHA256"),
            new IvParameterSpec(derived, KEY + KEY, BLOCK));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    byte[] crypt(int mode, byte[] bytes) {
      try {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(mode, forText, counter);
        return cipher.doFinal(bytes);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    byte[] seal(byte[] bytes) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(forSeal);
        return mac.doFinal(bytes);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
