package kk.connect;

import java.util.regex.Pattern;

/// Patterns of OpenSSH's files: `*` is any text, `?` any character.
final class HostPattern {
  private HostPattern() {}

  static boolean matches(String pattern, String host) {
    if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
      return pattern.equals(host);
    }
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      expression.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.matches(expression.toString(), host);
  }
}
