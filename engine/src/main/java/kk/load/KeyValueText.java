package kk.load;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds `key=value` pairs in a text such as `src=a.txt dest="/tmp/b c"`; quotes and braces keep a
/// value together.
public final class KeyValueText {
  private static final Pattern PAIR =
      Pattern.compile(
          "(?:^|(?<=\\s))([A-Za-z_][A-Za-z0-9_]*)="
              + "(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|(?:\\{\\{.*?}}|[^\\s{'\"]|\\{(?!\\{))*)(?=\\s|$)",
          Pattern.DOTALL);

  private KeyValueText() {}

  /// A pair and where it stands.
  public record Pair(String key, String value, int start, int end) {}

  /// The pairs in order; what is no pair is passed over.
  public static List<Pair> pairs(String text) {
    List<Pair> pairs = new ArrayList<>();
    Matcher matcher = PAIR.matcher(text);
    while (matcher.find()) {
      pairs.add(
          new Pair(matcher.group(1), unquoted(matcher.group(2)), matcher.start(), matcher.end()));
    }
    return pairs;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value;
  }
}
