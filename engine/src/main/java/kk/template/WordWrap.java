package kk.template;

import java.util.ArrayList;
import java.util.List;

/// Breaks text in lines of a limited width, keeping the line breaks it has.
record WordWrap(int width, boolean breakLongWords, String newline) {

  static WordWrap of(Arguments args) {
    return new WordWrap(
        Math.max(1, args.integer("width", 79)),
        args.flag("break_long_words", true),
        args.text("wrapstring", "\n"));
  }

  String wrap(String text) {
    List<String> lines = new ArrayList<>();
    Splitting.lines(text, false).forEach(line -> wrap(line, lines));
    return String.join(newline, lines);
  }

  private void wrap(String line, List<String> lines) {
    StringBuilder current = new StringBuilder();
    for (String word : Splitting.on(line, " ")) {
      String rest = word;
      if (!current.isEmpty() && current.length() + 1 + rest.length() > width) {
        lines.add(current.toString());
        current.setLength(0);
      } else if (!current.isEmpty()) {
        current.append(' ');
      }
      while (breakLongWords && current.length() + rest.length() > width) {
        int taken = width - current.length();
        lines.add(current + rest.substring(0, taken));
        current.setLength(0);
        rest = rest.substring(taken);
      }
      current.append(rest);
    }
    lines.add(current.toString());
  }
}
