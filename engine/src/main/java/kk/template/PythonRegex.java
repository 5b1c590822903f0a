package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression with Python's meaning, run by Java's engine: the few constructs that differ
/// are rewritten.
record PythonRegex(Pattern pattern, List<String> groupNames) {
  private static final Pattern QUANTITY = Pattern.compile("\\{\\d*(,\\d*)?}");

  static PythonRegex compile(String written, boolean ignoreCase, boolean multiline) {
    int flags =
        Pattern.UNIX_LINES
            | Pattern.UNICODE_CHARACTER_CLASS
            | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
            | (multiline ? Pattern.MULTILINE : 0);
    Translation translation = new Translation(written);
    try {
      return new PythonRegex(Pattern.compile(translation.run(), flags), translation.names);
    } catch (PatternSyntaxException e) {
      String why =
          e.getDescription().startsWith("Dangling meta character")
              ? "nothing to repeat at position " + Math.max(0, e.getIndex())
              : e.getDescription();
      throw Refusal.because("`" + written + "` is no regular expression: " + why);
    }
  }

  Matcher matcher(String text) {
    return pattern.matcher(text);
  }

  /// What `\1`, `\g<1>` and `\g<name>` in a replacement come to for one match.
  String expand(String replacement, MatchResult match) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < replacement.length()) {
      char c = replacement.charAt(at++);
      if (c != '\\' || at >= replacement.length()) {
        out.append(c);
        continue;
      }
      char next = replacement.charAt(at++);
      if (next >= '0' && next <= '9') {
        int end = at;
        while (end < replacement.length()
            && end < at + 1
            && Character.isDigit(replacement.charAt(end))) {
          end++;
        }
        out.append(group(replacement.substring(at - 1, end), match));
        at = end;
      } else if (next == 'g' && replacement.startsWith("<", at)) {
        int end = replacement.indexOf('>', at);
        if (end < 0) {
          throw Refusal.because("`\\g<` in the replacement is never closed");
        }
        out.append(group(replacement.substring(at + 1, end), match));
        at = end + 1;
      } else {
        out.append(
            switch (next) {
              case 'n' -> "\n";
              case 't' -> "\t";
              case 'r' -> "\r";
              case '\\' -> "\\";
              default -> "\\" + next;
            });
      }
    }
    return out.toString();
  }

  /// The text of a group by its number or name; nothing when it took no part.
  String group(String reference, MatchResult match) {
    int number =
        reference.chars().allMatch(Character::isDigit) && reference.length() < 4
            ? Integer.parseInt(reference)
            : groupNames.indexOf(reference) + 1;
    boolean named = !reference.isEmpty() && !Character.isDigit(reference.charAt(0));
    if (number > match.groupCount() || (named && number == 0)) {
      throw Refusal.because("the regular expression has no group `" + reference + "`");
    }
    String text = match.group(number);
    return text == null ? "" : text;
  }

  private static final class Translation {
    private final String written;
    private final StringBuilder out = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int at;

    Translation(String written) {
      this.written = written;
    }

    String run() {
      while (at < written.length()) {
        char c = written.charAt(at);
        switch (c) {
          case '\\' -> escape();
          case '[' -> characterClass();
          case '(' -> group();
          case '{' -> brace();
          default -> {
            out.append(c);
            at++;
          }
        }
      }
      return out.toString();
    }

    private void escape() {
      String two = written.substring(at, Math.min(at + 2, written.length()));
      out.append(two.equals("\\Z") ? "\\z" : two);
      at += two.length();
    }

    private void brace() {
      Matcher quantity = QUANTITY.matcher(written).region(at, written.length());
      boolean isQuantity = quantity.lookingAt() && quantity.group().length() > 2;
      if (!isQuantity || at == 0) {
        out.append("\\{");
        at++;
      } else {
        String text = quantity.group();
        out.append(text.startsWith("{,") ? "{0" + text.substring(1) : text);
        at = quantity.end();
      }
    }

    private void group() {
      if (written.startsWith("(?P<", at)) {
        int end = written.indexOf('>', at);
        names.add(end < 0 ? "" : written.substring(at + 4, end));
        out.append("(");
        at = end < 0 ? at + 4 : end + 1;
      } else if (written.startsWith("(?P=", at)) {
        int end = written.indexOf(')', at);
        String name = written.substring(at + 4, Math.max(end, at + 4));
        out.append("(?:\\").append(names.indexOf(name) + 1).append(')');
        at = end < 0 ? written.length() : end + 1;
      } else {
        if (!written.startsWith("(?", at)) {
          names.add("");
        }
        out.append('(');
        at++;
      }
    }

    private void characterClass() {
      out.append('[');
      at++;
      if (at < written.length() && written.charAt(at) == '^') {
        out.append('^');
        at++;
      }
      boolean first = true;
      while (at < written.length() && (first || written.charAt(at) != ']')) {
        char c = written.charAt(at);
        if (c == '\\') {
          escape();
        } else {
          out.append(c == '[' || c == '&' || (first && c == ']') ? "\\" : "").append(c);
          at++;
        }
        first = false;
      }
    }
  }

  /// The match as text when the expression has no groups, as its one group, or as a list of them.
  @Nullable Object groups(MatchResult match) {
    if (match.groupCount() == 0) {
      return match.group();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= match.groupCount(); i++) {
      texts.add(match.group(i) == null ? "" : match.group(i));
    }
    return texts.size() == 1 ? texts.getFirst() : new Tuple(texts.toArray());
  }
}
