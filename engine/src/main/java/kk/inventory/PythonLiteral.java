package kk.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a literal of Python: what Ansible makes of values in INI inventories.
final class PythonLiteral {
  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /// The value; nothing when the text is no literal, or is `None`.
  static Optional<Object> read(String text) {
    PythonLiteral literal = new PythonLiteral(text.strip());
    try {
      Object value = literal.value();
      literal.blanks();
      return literal.at == literal.text.length() ? Optional.ofNullable(value) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private @Nullable Object value() {
    blanks();
    if (at >= text.length()) {
      throw new IllegalArgumentException("nothing");
    }
    char c = text.charAt(at);
    return switch (c) {
      case '[' -> list(']');
      case '(' -> list(')');
      case '{' -> mapping();
      case '"', '\'' -> quoted(c);
      default -> word();
    };
  }

  private List<Object> list(char end) {
    List<Object> items = new ArrayList<>();
    at++;
    while (!closes(end)) {
      items.add(value());
      separator(end);
    }
    return items;
  }

  private Map<String, Object> mapping() {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    while (!closes('}')) {
      String key = String.valueOf(value());
      blanks();
      expect(':');
      map.put(key, value());
      separator('}');
    }
    return map;
  }

  private boolean closes(char end) {
    blanks();
    if (at < text.length() && text.charAt(at) == end) {
      at++;
      return true;
    }
    return false;
  }

  private void separator(char end) {
    blanks();
    if (at < text.length() && text.charAt(at) == ',') {
      at++;
    } else if (at >= text.length() || text.charAt(at) != end) {
      throw new IllegalArgumentException("no separator");
    }
  }

  private void expect(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw new IllegalArgumentException("no " + c);
    }
    at++;
  }

  private String quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return value.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        char escaped = text.charAt(at);
        value.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
      } else {
        value.append(c);
      }
    }
    throw new IllegalArgumentException("no end");
  }

  private @Nullable Object word() {
    int start = at;
    while (at < text.length() && ",]}): ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "True" -> true;
      case "False" -> false;
      case "None" -> throw new IllegalArgumentException("none");
      default -> number(word);
    };
  }

  private static Object number(String word) {
    if (word.matches("-?(0|[1-9][0-9]*)")) {
      return Long.valueOf(word);
    }
    if (word.matches("-?[0-9]+\\.[0-9]*([eE][+-]?[0-9]+)?")) {
      return Double.valueOf(word);
    }
    throw new IllegalArgumentException("no number");
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
