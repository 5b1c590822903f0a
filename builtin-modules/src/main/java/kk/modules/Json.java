package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads JSON into native values: mappings, lists, text, numbers, booleans, null.
final class Json {
  private static final int DEEPEST = 500;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /// The value, or nothing when the text isn't JSON.
  static Optional<Object> find(String text) {
    try {
      Json json = new Json(text);
      @Nullable Object value = json.value();
      json.skipSpace();
      return json.at == text.length() ? Optional.ofNullable(value) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /// The value below a path of keys and list positions, when there is one.
  static Optional<Object> at(@Nullable Object value, Object... path) {
    @Nullable Object found = value;
    for (Object step : path) {
      if (found instanceof Map<?, ?> map) {
        found = map.get(step);
      } else if (found instanceof List<?> list && step instanceof Integer i && i < list.size()) {
        found = list.get(i);
      } else {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(found);
  }

  /// The text below a path, empty when there is none.
  static String text(@Nullable Object value, Object... path) {
    return at(value, path).map(String::valueOf).orElse("");
  }

  /// The list below a path, empty when there is none.
  static List<?> list(@Nullable Object value, Object... path) {
    return at(value, path).orElse(null) instanceof List<?> list ? list : List.of();
  }

  private @Nullable Object value() {
    skipSpace();
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("too deep");
    }
    char c = text.charAt(at);
    if (c == '{' || c == '[') {
      depth++;
      Object structure = c == '{' ? object() : array();
      depth--;
      return structure;
    }
    return switch (c) {
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    at++;
    if (takes('}')) {
      return map;
    }
    do {
      skipSpace();
      String key = string();
      expect(':');
      map.put(key, value());
    } while (takes(','));
    expect('}');
    return map;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    if (takes(']')) {
      return list;
    }
    do {
      list.add(value());
    } while (takes(','));
    expect(']');
    return list;
  }

  private String string() {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        c = text.charAt(at++);
        switch (c) {
          case 'n' -> result.append('\n');
          case 't' -> result.append('\t');
          case 'r' -> result.append('\r');
          case 'b' -> result.append('\b');
          case 'f' -> result.append('\f');
          case 'u' -> {
            result.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
            at += 4;
          }
          default -> result.append(c);
        }
      } else {
        result.append(c);
      }
    }
    at++;
    return result.toString();
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.matches("-?\\d{1,18}")) {
      return Long.parseLong(digits);
    }
    return Double.parseDouble(digits);
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw new IllegalArgumentException("not JSON at " + at);
    }
    at += word.length();
    return value;
  }

  private boolean takes(char c) {
    skipSpace();
    if (text.charAt(at) != c) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) {
    if (!takes(c)) {
      throw new IllegalArgumentException("not JSON at " + at);
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
