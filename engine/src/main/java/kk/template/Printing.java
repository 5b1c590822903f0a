package kk.template;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values as text, the way Python prints them: `True`, `None`, `['a', 1]`, `{'k': 1.0}`.
public final class Printing {
  private final StringBuilder out = new StringBuilder();
  private final Set<Object> inside = Collections.newSetFromMap(new IdentityHashMap<>());

  private Printing() {}

  /// What `{{ value }}` leaves between other text.
  public static String output(@Nullable Object value) {
    return value == null ? "" : text(value);
  }

  /// Python's `str(value)`.
  public static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    Printing printing = new Printing();
    printing.add(value);
    return printing.out.toString();
  }

  /// Python's `repr(value)`.
  static String quoted(@Nullable Object value) {
    Printing printing = new Printing();
    printing.addQuoted(value);
    return printing.out.toString();
  }

  private void add(@Nullable Object value) {
    switch (value) {
      case null -> out.append("None");
      case Boolean flag -> out.append(flag ? "True" : "False");
      case Double number -> out.append(decimal(number));
      case Float number -> out.append(decimal(number));
      case Tuple tuple -> sequence(tuple, "(", tuple.size() == 1 ? ",)" : ")");
      case List<?> list -> sequence(list, "[", "]");
      case Map<?, ?> map -> map(map);
      case Undefined undefined -> {
        if (!undefined.silent()) {
          throw undefined.failure();
        }
      }
      default -> out.append(value);
    }
  }

  private void addQuoted(@Nullable Object value) {
    if (value instanceof String text) {
      quote(text);
    } else {
      add(value);
    }
  }

  private void sequence(List<?> list, String start, String end) {
    if (!inside.add(list)) {
      out.append("[...]");
      return;
    }
    out.append(start);
    String separator = "";
    for (Object item : list) {
      out.append(separator);
      addQuoted(item);
      separator = ", ";
    }
    out.append(end);
    inside.remove(list);
  }

  private void map(Map<?, ?> map) {
    if (!inside.add(map)) {
      out.append("{...}");
      return;
    }
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      addQuoted(entry.getKey());
      out.append(": ");
      addQuoted(entry.getValue());
      separator = ", ";
    }
    out.append('}');
    inside.remove(map);
  }

  private void quote(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    text.codePoints().forEach(character -> quoted(character, quote));
    out.append(quote);
  }

  private void quoted(int character, char quote) {
    switch (character) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (character == quote) {
          out.append('\\').append(quote);
        } else if (isPrintable(character)) {
          out.appendCodePoint(character);
        } else if (character < 0x100) {
          out.append(String.format("\\x%02x", character));
        } else {
          out.append(String.format(character < 0x10000 ? "\\u%04x" : "\\U%08x", character));
        }
      }
    }
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> true;
    };
  }

  /// A floating point number as Python prints it: the fewest digits that read back the same.
  static String decimal(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = exact.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = exact.unscaledValue().abs().toString();
    String mantissa = digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "");
    String sign = number < 0 ? "-" : "";
    String power =
        (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return sign + mantissa + "e" + power;
  }
}
