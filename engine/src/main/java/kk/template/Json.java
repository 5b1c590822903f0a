package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as JSON text, letter for letter as Python's `json.dumps` writes it.
///
/// @param indent spaces per level, or below zero for everything on one line
public record Json(
    int indent, boolean sortKeys, boolean asciiOnly, String itemSeparator, String keySeparator) {

  static Json compact() {
    return new Json(-1, false, true, ", ", ": ");
  }

  /// The text of a value made of maps, lists, texts, numbers and truth values.
  public String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, 0);
    return out.toString();
  }

  private void write(@Nullable Object value, StringBuilder out, int depth) {
    switch (Values.normal(value)) {
      case null -> out.append("null");
      case Boolean flag -> out.append(flag ? "true" : "false");
      case String text -> string(text, out);
      case Double number -> out.append(number(number));
      case Number number -> out.append(number);
      case List<?> list -> {
        List<Runnable> items = new ArrayList<>();
        list.forEach(item -> items.add(() -> write(item, out, depth + 1)));
        block("[", "]", items, out, depth);
      }
      case Map<?, ?> map -> {
        List<Runnable> items = new ArrayList<>();
        entries(map).forEach(entry -> items.add(() -> entry(entry, out, depth + 1)));
        block("{", "}", items, out, depth);
      }
      case Undefined undefined -> throw undefined.failure();
      case Object other -> string(Printing.text(other), out);
    }
  }

  private List<? extends Map.Entry<?, ?>> entries(Map<?, ?> map) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (sortKeys) {
      entries.sort((a, b) -> Comparing.order(a.getKey(), b.getKey()));
    }
    return entries;
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    return Double.isInfinite(number)
        ? (number > 0 ? "Infinity" : "-Infinity")
        : Printing.decimal(number);
  }

  private void entry(Map.Entry<?, ?> entry, StringBuilder out, int depth) {
    Object key = Values.normal(entry.getKey());
    String name =
        switch (key) {
          case null -> "null";
          case Boolean flag -> flag ? "true" : "false";
          default -> Printing.text(key);
        };
    string(name, out);
    out.append(keySeparator);
    write(entry.getValue(), out, depth);
  }

  private void block(String start, String end, List<Runnable> items, StringBuilder out, int depth) {
    out.append(start);
    boolean first = true;
    for (Runnable item : items) {
      out.append(first ? "" : itemSeparator);
      line(out, depth + 1);
      item.run();
      first = false;
    }
    if (!items.isEmpty()) {
      line(out, depth);
    }
    out.append(end);
  }

  private void line(StringBuilder out, int depth) {
    if (indent >= 0) {
      out.append('\n').append(" ".repeat(indent * depth));
    }
  }

  private void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || (asciiOnly && c > '~')) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
