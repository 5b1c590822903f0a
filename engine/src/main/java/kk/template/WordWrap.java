package kk.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/// Breaks text in lines of a limited width, keeping the line breaks it has.
record WordWrap(int width, boolean breakLongWords, boolean breakOnHyphens, String newline) {
  private static final Pattern SPACES = Pattern.compile("(?<= )(?=[^ ])|(?<=[^ ])(?= )");
  private static final Pattern SPACES_AND_HYPHENS =
      Pattern.compile(
          SPACES.pattern() + "|(?<=\\w[^\\W\\d]-)(?=\\w+[^\\W\\d])",
          Pattern.UNICODE_CHARACTER_CLASS);

  static WordWrap of(Arguments args) {
    return new WordWrap(
        args.integer("width", 79, 1),
        args.flag("break_long_words", true),
        args.flag("break_on_hyphens", true),
        args.value("wrapstring") == null ? "\n" : args.text("wrapstring"));
  }

  String wrap(String text) {
    List<String> lines = new ArrayList<>();
    Splitting.lines(text, false).forEach(line -> lines.add(String.join(newline, wrapped(line))));
    return String.join(newline, lines);
  }

  /// Takes words, parts of words, and the spaces between them for as long as they fit.
  private List<String> wrapped(String line) {
    Pattern borders = breakOnHyphens ? SPACES_AND_HYPHENS : SPACES;
    Deque<String> left = new ArrayDeque<>(borders.splitAsStream(line).toList());
    List<String> lines = new ArrayList<>();
    while (!left.isEmpty()) {
      if (!lines.isEmpty() && left.element().isBlank()) {
        left.remove();
      }
      String taken = taken(left);
      if (!taken.isEmpty()) {
        lines.add(taken);
      }
    }
    return lines;
  }

  private String taken(Deque<String> left) {
    StringBuilder taken = new StringBuilder();
    String last = "";
    while (!left.isEmpty() && taken.length() + left.element().length() <= width) {
      last = left.remove();
      taken.append(last);
    }
    if (!left.isEmpty() && left.element().length() > width) {
      if (breakLongWords) {
        String word = left.remove();
        int room = Math.max(1, width - taken.length());
        last = word.substring(0, room);
        taken.append(last);
        left.push(word.substring(room));
      } else if (taken.isEmpty()) {
        last = left.remove();
        taken.append(last);
      }
    }
    if (last.isBlank()) {
      taken.setLength(taken.length() - last.length());
    }
    return taken.toString();
  }
}
