package kk.template;

import java.util.ArrayList;
import java.util.List;

/// Cuts text in pieces the way Python's `split` methods do.
final class Splitting {
  private Splitting() {}

  static List<String> words(String text) {
    return words(text, -1);
  }

  /// Pieces between stretches of white space.
  ///
  /// @param most how many cuts at most, or below zero for all
  static List<String> words(String text, int most) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        return words;
      }
      if (most >= 0 && words.size() == most) {
        words.add(text.substring(at).stripTrailing());
        return words;
      }
      int from = at;
      while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      words.add(text.substring(from, at));
    }
  }

  static List<String> wordsFromEnd(String text, int most) {
    if (most < 0) {
      return words(text);
    }
    List<String> words = new ArrayList<>();
    String rest = text.stripTrailing();
    while (words.size() < most && !rest.isEmpty()) {
      int from = rest.length();
      while (from > 0 && !Character.isWhitespace(rest.charAt(from - 1))) {
        from--;
      }
      words.addFirst(rest.substring(from));
      rest = rest.substring(0, from).stripTrailing();
    }
    if (!rest.isEmpty()) {
      words.addFirst(rest.stripLeading());
    }
    return words;
  }

  static List<String> on(String text, String separator) {
    return on(text, separator, -1);
  }

  static List<String> on(String text, String separator, int most) {
    requireSeparator(separator);
    List<String> pieces = new ArrayList<>();
    int from = 0;
    int found = text.indexOf(separator);
    while (found >= 0 && (most < 0 || pieces.size() < most)) {
      pieces.add(text.substring(from, found));
      from = found + separator.length();
      found = text.indexOf(separator, from);
    }
    pieces.add(text.substring(from));
    return pieces;
  }

  static List<String> onFromEnd(String text, String separator, int most) {
    requireSeparator(separator);
    List<String> pieces = new ArrayList<>();
    int end = text.length();
    int found = text.lastIndexOf(separator, end - separator.length());
    while (found >= 0 && (most < 0 || pieces.size() < most)) {
      pieces.addFirst(text.substring(found + separator.length(), end));
      end = found;
      found = text.lastIndexOf(separator, end - separator.length());
    }
    pieces.addFirst(text.substring(0, end));
    return pieces;
  }

  private static void requireSeparator(String separator) {
    if (separator.isEmpty()) {
      throw Refusal.argument("the separator can't be empty");
    }
  }

  /// Lines without (or with) their line breaks; a trailing line break starts no further line.
  static List<String> lines(String text, boolean keepEnds) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = from;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      int next = Math.min(end + 1, text.length());
      if (text.startsWith("\r\n", end)) {
        next = end + 2;
      }
      lines.add(text.substring(from, keepEnds ? next : end));
      from = next;
    }
    return lines;
  }
}
