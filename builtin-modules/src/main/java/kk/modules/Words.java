package kk.modules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kk.spi.Command;

/// A command as a list of words: a program and its arguments, no shell between.
record Words(List<String> words) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:(\\w+)|\\{([A-Za-z_]\\w*)\\})", Pattern.UNICODE_CHARACTER_CLASS);

  /// Cuts a line into words as a POSIX shell would, quotes and backslashes respected.
  ///
  /// @throws IllegalArgumentException when a quote isn't closed
  static Words split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'' || c == '"') {
        i = quoted(line, i, word);
        inWord = true;
      } else if (c == '\\' && i + 1 < line.length()) {
        i++;
        word.append(line.charAt(i));
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return new Words(words);
  }

  private static int quoted(String line, int start, StringBuilder word) {
    char quote = line.charAt(start);
    for (int i = start + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == quote) {
        return i;
      }
      boolean escape = quote == '"' && c == '\\' && i + 1 < line.length();
      if (escape && "\"\\".indexOf(line.charAt(i + 1)) >= 0) {
        i++;
        c = line.charAt(i);
      }
      word.append(c);
    }
    throw new IllegalArgumentException("the quote " + quote + " is never closed in: " + line);
  }

  /// The words for a shell, all literal.
  String quoted() {
    return words.stream().map(Command::quote).collect(Collectors.joining(" "));
  }

  /// The words for a shell, all literal but a placeholder that stands for a shell expression.
  String quotedWith(String placeholder, String expression) {
    return words.stream()
        .map(
            word ->
                Arrays.stream(word.split(Pattern.quote(placeholder), -1))
                    .map(
                        part ->
                            part.isEmpty() && word.contains(placeholder) ? "" : Command.quote(part))
                    .collect(Collectors.joining(expression)))
        .collect(Collectors.joining(" "));
  }

  /// The words for a shell that fills in environment variables and home directories, and nothing
  /// else. A variable that isn't set stays as it is written.
  String expanding() {
    return words.stream().map(Words::expanding).collect(Collectors.joining(" "));
  }

  private static String expanding(String word) {
    StringBuilder result = new StringBuilder();
    Matcher variables = VARIABLE.matcher(word);
    int from = 0;
    if (word.startsWith("~")) {
      int slash = word.indexOf('/');
      String home = slash < 0 ? word : word.substring(0, slash);
      if (home.matches("~[A-Za-z0-9_.-]*")) {
        result.append(home);
        from = home.length();
        if (slash >= 0) {
          result.append('/');
          from++;
        }
      }
    }
    while (variables.find(from)) {
      literal(result, word.substring(from, variables.start()));
      String name = variables.group(1) == null ? variables.group(2) : variables.group(1);
      if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        result
            .append("\"${")
            .append(name)
            .append("-\\")
            .append(variables.group().replace("}", "\\}"))
            .append("}\"");
      } else {
        literal(result, variables.group());
      }
      from = variables.end();
    }
    literal(result, word.substring(from));
    return result.isEmpty() ? "''" : result.toString();
  }

  private static void literal(StringBuilder result, String text) {
    if (!text.isEmpty()) {
      result.append(Command.quote(text));
    }
  }
}
