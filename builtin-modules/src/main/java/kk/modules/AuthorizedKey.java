package kk.modules;

import java.util.Optional;

/// A line of an `authorized_keys` file, as sshd(8) describes it.
///
/// @param options what the key may do, with commas between
/// @param type kind of key, such as `ssh-ed25519`
/// @param key the key in base64
/// @param comment what stands behind the key
record AuthorizedKey(Optional<String> options, String type, String key, String comment) {
  private static final String TYPES = "(ssh|ecdsa|sk)-[a-z0-9@.-]+";

  static Optional<AuthorizedKey> parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    int end = wordEnd(text);
    boolean bare = text.substring(0, end).matches(TYPES);
    String[] words = (bare ? text : text.substring(end).strip()).split("\\s+", 3);
    return words.length < 2 || !words[0].matches(TYPES)
        ? Optional.empty()
        : Optional.of(
            new AuthorizedKey(
                bare ? Optional.empty() : Optional.of(text.substring(0, end)),
                words[0],
                words[1],
                words.length > 2 ? words[2] : ""));
  }

  /// Where the first word ends; blanks within quotes belong to it.
  private static int wordEnd(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (Character.isWhitespace(c) && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  AuthorizedKey withOptions(Optional<String> newOptions) {
    return new AuthorizedKey(newOptions, type, key, comment);
  }

  AuthorizedKey withComment(String newComment) {
    return new AuthorizedKey(options, type, key, newComment);
  }

  boolean isSameKey(AuthorizedKey other) {
    return type.equals(other.type) && key.equals(other.key);
  }

  String text() {
    return options.map(o -> o + " ").orElse("")
        + type
        + " "
        + key
        + (comment.isEmpty() ? "" : " " + comment);
  }
}
