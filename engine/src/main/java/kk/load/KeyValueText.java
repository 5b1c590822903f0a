package kk.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds `key=value` pairs in a text such as `src=a.txt dest="/tmp/b c"`. Blanks separate words
/// unless quotes or braces keep them together; `\=` is no separator of a pair.
public final class KeyValueText {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\\\\'\"abfnrtv]))");
  private static final String NAMED = "abfnrtv";
  private static final String CHARACTERS = "\u0007\b\f\n\r\t\u000b";

  private KeyValueText() {}

  /// A pair and where it stands.
  public record Pair(String key, String value, int start, int end) {}

  /// A stretch of text without a separating blank.
  private record Word(int start, int end) {}

  /// The pairs in order; what is no pair is passed over.
  public static List<Pair> pairs(String text) {
    List<Pair> pairs = new ArrayList<>();
    for (Word word : words(text)) {
      pair(text, word).ifPresent(pairs::add);
    }
    return pairs;
  }

  private static Optional<Pair> pair(String text, Word word) {
    String written = text.substring(word.start(), word.end());
    int equals = written.indexOf('=', 1);
    while (equals > 0 && written.charAt(equals - 1) == '\\') {
      equals = written.indexOf('=', equals + 1);
    }
    if (equals <= 0) {
      return Optional.empty();
    }
    String key = written.substring(0, equals).strip();
    String value = unquoted(unescaped(written.substring(equals + 1).strip()));
    return Optional.of(new Pair(key, value, word.start(), word.end()));
  }

  /// Whether quotes or braces are opened that nothing closes.
  static boolean isUnbalanced(String text) {
    Scan scan = new Scan();
    for (int i = 0; i < text.length(); i++) {
      scan.next(text, i);
    }
    return !scan.isOutside();
  }

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    Scan scan = new Scan();
    int start = -1;
    for (int i = 0; i < text.length(); i++) {
      boolean blank = Character.isWhitespace(text.charAt(i)) && scan.isOutside();
      if (blank && start >= 0) {
        words.add(new Word(start, i));
        start = -1;
      } else if (!blank && start < 0) {
        start = i;
      }
      scan.next(text, i);
    }
    if (start >= 0) {
      words.add(new Word(start, text.length()));
    }
    return words;
  }

  /// What is open at a place of the text: a quote, or braces.
  private static final class Scan {
    private char quote;
    private int depth;

    boolean isOutside() {
      return quote == 0 && depth == 0;
    }

    void next(String text, int at) {
      char c = text.charAt(at);
      char before = at > 0 ? text.charAt(at - 1) : 0;
      if (before == '{' && (c == '{' || c == '%' || c == '#')) {
        depth++;
      } else if (depth > 0 && c == '}' && (before == '}' || before == '%' || before == '#')) {
        depth--;
      } else if (depth == 0 && (c == '"' || c == '\'') && before != '\\') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
    }
  }

  private static String unescaped(String value) {
    return ESCAPE.matcher(value).replaceAll(KeyValueText::character);
  }

  private static String character(java.util.regex.MatchResult escape) {
    String code = escape.group(1) == null ? escape.group(2) : escape.group(1);
    if (code != null) {
      return Matcher.quoteReplacement(Character.toString(Integer.parseInt(code, 16)));
    }
    int named = NAMED.indexOf(escape.group(3));
    return Matcher.quoteReplacement(
        named < 0 ? escape.group(3) : CHARACTERS.substring(named, named + 1));
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
