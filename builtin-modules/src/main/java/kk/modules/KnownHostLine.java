package kk.modules;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A line of a `known_hosts` file, as sshd(8) describes it.
///
/// @param marker `@cert-authority` or `@revoked`
/// @param names host names with commas between, or one name hashed
/// @param type kind of key, such as `ssh-ed25519`
/// @param key the key in base64
/// @param comment what stands behind the key
record KnownHostLine(
    Optional<String> marker, String names, String type, String key, Optional<String> comment) {
  private static final String HASHED = "|1|";

  static Optional<KnownHostLine> parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    Optional<String> marker =
        text.startsWith("@") ? Optional.of(text.split("\\s+", 2)[0]) : Optional.empty();
    String[] words = text.substring(marker.map(String::length).orElse(0)).strip().split("\\s+", 4);
    return words.length < 3
        ? Optional.empty()
        : Optional.of(
            new KnownHostLine(
                marker,
                words[0],
                words[1],
                words[2],
                words.length > 3 ? Optional.of(words[3]) : Optional.empty()));
  }

  /// Whether it is about a host; its name is in lower case.
  boolean isAbout(String host) {
    if (names.startsWith(HASHED)) {
      String[] parts = names.substring(HASHED.length()).split("\\|", 2);
      return parts.length == 2 && hash(Base64.getDecoder().decode(parts[0]), host).equals(parts[1]);
    }
    return List.of(names.split(",", -1)).contains(host);
  }

  /// Whether the other line says the same about a host that both are about.
  boolean says(KnownHostLine other) {
    boolean sameNames = names.equals(other.names) || (isHashed() && other.isHashed());
    return sameNames
        && marker.equals(other.marker)
        && type.equals(other.type)
        && key.equals(other.key);
  }

  /// The same for one host, whose name can't be read from it.
  KnownHostLine hashed(String host) {
    byte[] salt = new byte[20];
    new SecureRandom().nextBytes(salt);
    String name = HASHED + Base64.getEncoder().encodeToString(salt) + "|" + hash(salt, host);
    return new KnownHostLine(marker, name, type, key, comment);
  }

  private boolean isHashed() {
    return names.startsWith(HASHED);
  }

  String text() {
    return marker.map(m -> m + " ").orElse("")
        + String.join(" ", names, type, key)
        + comment.map(c -> " " + c).orElse("");
  }

  private static String hash(byte[] salt, String host) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(host.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
