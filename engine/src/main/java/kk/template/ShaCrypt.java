package kk.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/// The password hashes `$5$` and `$6$` of crypt(3), as Ulrich Drepper's description gives them.
final class ShaCrypt {
  private static final String LETTERS =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int USUAL_ROUNDS = 5000;

  /// Ansible's own choice when none is given.
  private static final int ANSIBLE_ROUNDS_512 = 656_000;
  private static final int ANSIBLE_ROUNDS_256 = 535_000;

  private final byte[] password;
  private final byte[] salt;
  private final boolean wide;
  private final int rounds;

  private ShaCrypt(String password, String salt, boolean wide, int rounds) {
    this.password = password.getBytes(StandardCharsets.UTF_8);
    this.salt = salt.getBytes(StandardCharsets.UTF_8);
    this.wide = wide;
    this.rounds = rounds;
  }

  static String hash(String password, String type, String salt, int rounds) {
    boolean wide = type.equals("sha512") || type.equals("sha512_crypt");
    if (!wide && !type.equals("sha256") && !type.equals("sha256_crypt")) {
      throw Refusal.argument("`hashtype` must be sha512 or sha256, not `" + type + "`");
    }
    if (!salt.chars().allMatch(c -> LETTERS.indexOf(c) >= 0)) {
      throw Refusal.argument("`salt` must be made of letters, digits, `.` and `/`");
    }
    String used = salt.isEmpty() ? randomSalt() : salt.substring(0, Math.min(16, salt.length()));
    if (rounds != 0 && (rounds < 1000 || rounds > 999_999_999)) {
      throw Refusal.argument("`rounds` must be between 1000 and 999999999, not " + rounds);
    }
    int wanted = rounds > 0 ? rounds : wide ? ANSIBLE_ROUNDS_512 : ANSIBLE_ROUNDS_256;
    String told = wanted == USUAL_ROUNDS ? "" : "rounds=" + wanted + "$";
    return (wide ? "$6$" : "$5$")
        + told
        + used
        + "$"
        + new ShaCrypt(password, used, wide, wanted).run();
  }

  private static String randomSalt() {
    SecureRandom random = new SecureRandom();
    StringBuilder salt = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      salt.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return salt.toString();
  }

  private MessageDigest digest() {
    return DigestFilters.digest(wide ? "SHA-512" : "SHA-256");
  }

  private String run() {
    MessageDigest b = digest();
    b.update(password);
    b.update(salt);
    b.update(password);
    byte[] second = b.digest();
    MessageDigest a = digest();
    a.update(password);
    a.update(salt);
    a.update(repeated(second, password.length));
    for (int bits = password.length; bits > 0; bits >>= 1) {
      a.update((bits & 1) != 0 ? second : password);
    }
    byte[] result = a.digest();
    byte[] p = repeated(repeatedDigest(password, password.length), password.length);
    byte[] s = repeated(repeatedDigest(salt, 16 + (result[0] & 0xff)), salt.length);
    for (int round = 0; round < rounds; round++) {
      MessageDigest c = digest();
      c.update(round % 2 != 0 ? p : result);
      if (round % 3 != 0) {
        c.update(s);
      }
      if (round % 7 != 0) {
        c.update(p);
      }
      c.update(round % 2 != 0 ? result : p);
      result = c.digest();
    }
    return wide ? encoded512(result) : encoded256(result);
  }

  private byte[] repeatedDigest(byte[] what, int times) {
    MessageDigest digest = digest();
    for (int i = 0; i < times; i++) {
      digest.update(what);
    }
    return digest.digest();
  }

  private static byte[] repeated(byte[] bytes, int length) {
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = bytes[i % bytes.length];
    }
    return result;
  }

  private static String encoded512(byte[] hash) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 21; i++) {
      int[] group = {i, i + 21, i + 42};
      int shift = i % 3;
      add(out, hash[group[shift]], hash[group[(shift + 1) % 3]], hash[group[(shift + 2) % 3]], 4);
    }
    add(out, (byte) 0, (byte) 0, hash[63], 2);
    return out.toString();
  }

  private static String encoded256(byte[] hash) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      int[] group = {i, i + 10, i + 20};
      int shift = (3 - i % 3) % 3;
      add(out, hash[group[shift]], hash[group[(shift + 1) % 3]], hash[group[(shift + 2) % 3]], 4);
    }
    add(out, (byte) 0, hash[31], hash[30], 3);
    return out.toString();
  }

  private static void add(StringBuilder out, byte high, byte middle, byte low, int letters) {
    int bits = (high & 0xff) << 16 | (middle & 0xff) << 8 | (low & 0xff);
    for (int i = 0; i < letters; i++) {
      out.append(LETTERS.charAt(bits & 0x3f));
      bits >>= 6;
    }
  }
}
