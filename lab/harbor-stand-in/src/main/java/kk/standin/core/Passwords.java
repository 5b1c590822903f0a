package kk.standin.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import kk.standin.http.Refusal;

/// Passwords and secrets: the rule for new ones, and how they are kept.
public final class Passwords {
  private static final Pattern RULE =
      Pattern.compile("(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).{8,128}", Pattern.DOTALL);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private Passwords() {}

  static void check(String what, String password) {
    if (!RULE.matcher(password).matches()) {
      throw Refusal.badRequest(
          "the "
              + what
              + " must have 8 to 128 characters, an upper and a lower case letter and a"
              + " digit among them");
    }
  }

  /// Letters and digits, at random.
  public static String random(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  /// A secret that keeps the rule for passwords.
  static String randomSecret() {
    return "Aa0" + random(29);
  }

  static String digest(String password) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    return HexFormat.of().formatHex(salt) + ":" + hash(password, salt);
  }

  static boolean matches(String password, String digest) {
    String[] parts = digest.split(":", 2);
    return parts.length == 2
        && MessageDigest.isEqual(
            hash(password, HexFormat.of().parseHex(parts[0])).getBytes(StandardCharsets.US_ASCII),
            parts[1].getBytes(StandardCharsets.US_ASCII));
  }

  private static String hash(String password, byte[] salt) {
    try {
      PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, 1000, 256);
      return HexFormat.of()
          .formatHex(
              SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                  .generateSecret(spec)
                  .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
