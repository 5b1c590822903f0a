package kk.connect;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One line of a known_hosts file.
///
/// @param line its number, from 1 on
/// @param marker `@cert-authority`, `@revoked`, or empty
/// @param hosts whom it is about: patterns with commas, or one hashed name
/// @param type type of the key, such as `ssh-ed25519`
/// @param key the key in base64
record KnownHost(int line, String marker, String hosts, String type, String key) {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /// Nothing for comments and for lines that make no sense.
  static Optional<KnownHost> parse(int number, String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return Optional.empty();
    }
    String[] words = BLANKS.split(line.strip(), -1);
    int first = words[0].startsWith("@") ? 1 : 0;
    if (words.length < first + 3) {
      return Optional.empty();
    }
    String marker = first == 1 ? words[0] : "";
    return Optional.of(
        new KnownHost(number, marker, words[first], words[first + 1], words[first + 2]));
  }

  /// How a host is written in the file.
  static String written(String host, int port) {
    String lower = host.toLowerCase(Locale.ROOT);
    return port == 22 ? lower : "[" + lower + "]:" + port;
  }

  boolean isAbout(String written) {
    if (hosts.startsWith("|1|")) {
      return isHashOf(written);
    }
    boolean matched = false;
    for (String pattern : hosts.toLowerCase(Locale.ROOT).split(",", -1)) {
      if (pattern.startsWith("!") && HostPattern.matches(pattern.substring(1), written)) {
        return false;
      }
      matched |= HostPattern.matches(pattern, written);
    }
    return matched;
  }

  private boolean isHashOf(String written) {
    String[] parts = hosts.split("\\|", -1);
    if (parts.length != 4) {
      return false;
    }
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(base64.decode(parts[2]), "HmacSHA1"));
      byte[] hash = mac.doFinal(written.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, base64.decode(parts[3]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
