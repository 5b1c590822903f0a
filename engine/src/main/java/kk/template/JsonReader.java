package kk.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON text into plain values.
final class JsonReader {
  private static final int DEEPEST = 500;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    reader.space();
    Object value = reader.value();
    reader.space();
    if (reader.at < text.length()) {
      throw reader.wrong("there is more behind the value");
    }
    return value;
  }

  private Refusal wrong(String message) {
    long line =
        text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count() + 1;
    int column = at - text.lastIndexOf('\n', Math.max(0, at - 1));
    return Refusal.because(
        "this is no JSON: " + message + " at line " + line + ", column " + column);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("it ends too early");
    }
    return text.charAt(at);
  }

  private @Nullable Object value() {
    if (++depth > DEEPEST) {
      throw wrong("it is nested too deeply");
    }
    char c = peek();
    Object value =
        switch (c) {
          case '{' -> map();
          case '[' -> list();
          case '"' -> string();
          case 't' -> word("true", true);
          case 'f' -> word("false", false);
          case 'n' -> word("null", null);
          case 'N' -> word("NaN", Double.NaN);
          case 'I' -> word("Infinity", Double.POSITIVE_INFINITY);
          default -> number();
        };
    depth--;
    return value;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("a value is expected");
    }
    at += word.length();
    return value;
  }

  private Object number() {
    int from = at;
    while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(from, at);
    try {
      boolean whole = digits.chars().allMatch(c -> c == '-' || Character.isDigit(c));
      return whole ? Numbers.normal(new BigInteger(digits)) : (Object) Double.valueOf(digits);
    } catch (NumberFormatException e) {
      at = from;
      throw wrong("a value is expected");
    }
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    space();
    while (peek() != ']') {
      list.add(value());
      separator(']');
    }
    at++;
    return list;
  }

  private Map<Object, @Nullable Object> map() {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    at++;
    space();
    while (peek() != '}') {
      if (peek() != '"') {
        throw wrong("a key in double quotes is expected");
      }
      String key = string();
      space();
      if (peek() != ':') {
        throw wrong("`:` is expected");
      }
      at++;
      space();
      map.put(key, value());
      separator('}');
    }
    at++;
    return map;
  }

  private void separator(char end) {
    space();
    if (peek() == ',') {
      at++;
      space();
      if (peek() == end) {
        throw wrong("a value is expected");
      }
    } else if (peek() != end) {
      throw wrong("`,` is expected");
    }
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    at++;
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        escape(out);
      } else if (c < ' ') {
        throw wrong("a line break in a string must be written `\\n`");
      } else {
        out.append(c);
      }
    }
    at++;
    return out.toString();
  }

  private void escape(StringBuilder out) {
    char c = peek();
    at++;
    switch (c) {
      case '"', '\\', '/' -> out.append(c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> {
        if (at + 4 > text.length()
            || !text.substring(at, at + 4).chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
          throw wrong("`\\u` needs four hexadecimal digits");
        }
        out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
        at += 4;
      }
      default -> throw wrong("`\\" + c + "` has no meaning");
    }
  }
}
