package kk.template;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Filters about digests, encodings and identifiers.
final class DigestFilters {
  private static final String ANSIBLE_NAMESPACE = "361E6D51-FAEC-444A-9079-341386DA8E2E";

  private static final Pattern NOT_BASE64 = Pattern.compile("[^A-Za-z0-9+/=]");

  private DigestFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .add(
            "b64encode",
            "encoding?",
            "as base64",
            (input, args) ->
                Base64.getEncoder().encodeToString(Printing.text(input).getBytes(charset(args))))
        .add(
            "b64decode",
            "encoding?",
            "the text of base64",
            (input, args) -> decode(Printing.text(input), args))
        .add(
            "hash",
            "hashtype?",
            "a digest in hexadecimal digits, sha1 when none is named",
            (input, args) -> digest(Printing.text(input), args.text("hashtype", "sha1")))
        .add(
            "checksum sha1",
            "",
            "the SHA-1 digest",
            (input, args) -> digest(Printing.text(input), "sha1"))
        .add("md5", "", "the MD5 digest", (input, args) -> digest(Printing.text(input), "md5"))
        .add(
            "to_uuid",
            "namespace?",
            "an identifier that is always the same for the same text",
            (input, args) -> uuid(Printing.text(input), args.text("namespace", ANSIBLE_NAMESPACE)))
        .add(
            "password_hash",
            "hashtype? salt? rounds?",
            "as a crypt hash for /etc/shadow, sha512 when none is named",
            (input, args) ->
                ShaCrypt.hash(
                    TextFilters.needed(input, "password_hash"),
                    args.text("hashtype", "sha512"),
                    args.value("salt") == null ? "" : args.text("salt"),
                    args.value("rounds") == null ? 0 : args.integer("rounds", 0)));
  }

  private static Charset charset(Arguments args) {
    String name = args.text("encoding", "utf-8");
    try {
      return Charset.forName(name.replace("utf-16-le", "UTF-16LE"));
    } catch (UnsupportedCharsetException | java.nio.charset.IllegalCharsetNameException e) {
      throw Refusal.argument("there is no encoding `" + name + "`");
    }
  }

  private static String decode(String text, Arguments args) {
    try {
      String digits = NOT_BASE64.matcher(text).replaceAll("");
      if (digits.length() % 4 != 0) {
        throw Refusal.because("the text is not base64: its padding is incomplete");
      }
      return new String(
          Base64.getDecoder().decode(digits.getBytes(StandardCharsets.UTF_8)), charset(args));
    } catch (IllegalArgumentException e) {
      throw Refusal.because("the text is not base64: " + e.getMessage());
    }
  }

  static String digest(String text, String algorithm) {
    String name =
        switch (algorithm.toLowerCase(Locale.ROOT)) {
          case "md5" -> "MD5";
          case "sha1" -> "SHA-1";
          case "sha224" -> "SHA-224";
          case "sha256" -> "SHA-256";
          case "sha384" -> "SHA-384";
          case "sha512" -> "SHA-512";
          default ->
              throw Refusal.argument(
                  "`hashtype` must be one of md5, sha1, sha224, sha256, sha384, sha512, not `"
                      + algorithm
                      + "`");
        };
    return HexFormat.of().formatHex(digest(name).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  private static String uuid(String text, @Nullable String namespace) {
    UUID space;
    try {
      space = UUID.fromString(String.valueOf(namespace));
    } catch (IllegalArgumentException e) {
      throw Refusal.argument("`namespace` must be a UUID, not `" + namespace + "`");
    }
    MessageDigest digest = digest("SHA-1");
    digest.update(
        java.nio.ByteBuffer.allocate(16)
            .putLong(space.getMostSignificantBits())
            .putLong(space.getLeastSignificantBits())
            .flip());
    byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(hash);
    long high = (bytes.getLong() & ~0xf000L) | 0x5000L;
    long low = (bytes.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
