package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as YAML text, as PyYAML writes it.
///
/// @param indent spaces per level of a map
/// @param flow which maps and lists are written in `{ }` and `[ ]`
/// @param width where long lines are broken
public record YamlText(int indent, boolean sortKeys, Flow flow, int width) {
  /// Which maps and lists are written on one line.
  public enum Flow {
    NONE,
    /// Those that hold neither maps nor lists.
    INNERMOST,
    ALL
  }

  /// A line of any length for every value.
  public static YamlText block(int indent) {
    return new YamlText(indent, true, Flow.NONE, Integer.MAX_VALUE);
  }

  /// The text of a value, which ends with a line break.
  public String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    Object plain = Values.normal(value);
    if (isBlock(plain)) {
      block(plain, out, 0);
      return out.toString();
    }
    line(plain, out, 0);
    return out.append('\n').toString();
  }

  private boolean isBlock(@Nullable Object value) {
    return isCollection(value)
        && switch (flow) {
          case NONE -> true;
          case ALL -> false;
          case INNERMOST ->
              value instanceof Map<?, ?> map
                  ? map.values().stream().anyMatch(YamlText::isNested)
                  : value instanceof List<?> list && list.stream().anyMatch(YamlText::isNested);
        };
  }

  private static boolean isNested(@Nullable Object value) {
    return value instanceof Map<?, ?> || value instanceof List<?>;
  }

  private static boolean isCollection(@Nullable Object value) {
    return (value instanceof Map<?, ?> map && !map.isEmpty())
        || (value instanceof List<?> list && !list.isEmpty());
  }

  private void block(@Nullable Object value, StringBuilder out, int column) {
    boolean first = true;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : entries(map)) {
        out.append(first ? "" : " ".repeat(column));
        entry(entry, out, column);
        first = false;
      }
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        out.append(first ? "" : " ".repeat(column));
        item(item, out, column);
        first = false;
      }
    }
  }

  private List<? extends Map.Entry<?, ?>> entries(Map<?, ?> map) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (sortKeys) {
      entries.sort((a, b) -> Comparing.order(a.getKey(), b.getKey()));
    }
    return entries;
  }

  private void entry(Map.Entry<?, ?> entry, StringBuilder out, int column) {
    new YamlScalar(Integer.MAX_VALUE, false).write(Values.normal(entry.getKey()), out, column);
    out.append(':');
    Object value = Values.normal(Undefined.refuse(entry.getValue()));
    if (!isBlock(value)) {
      out.append(' ');
      line(value, out, column);
      out.append('\n');
      return;
    }
    int inner = value instanceof List<?> ? column : column + indent;
    out.append('\n').append(" ".repeat(inner));
    block(value, out, inner);
  }

  private void item(@Nullable Object item, StringBuilder out, int column) {
    Object value = Values.normal(Undefined.refuse(item));
    int inner = Math.max(2, indent);
    out.append('-').append(" ".repeat(isBlock(value) ? inner - 1 : 1));
    if (isBlock(value)) {
      block(value, out, column + inner);
    } else {
      line(value, out, column);
      out.append('\n');
    }
  }

  /// What is no block: a scalar, or a collection in brackets.
  private void line(@Nullable Object value, StringBuilder out, int column) {
    if (isCollection(value)) {
      flow(value, out, column + indent);
    } else {
      new YamlScalar(width, false).write(value, out, column + indent);
    }
  }

  private void flow(@Nullable Object value, StringBuilder out, int column) {
    if (!isCollection(value)) {
      new YamlScalar(width, true).write(value, out, column + indent);
      return;
    }
    if (value instanceof Map<?, ?> map) {
      String before = "{";
      for (Map.Entry<?, ?> entry : entries(map)) {
        next(before, out, column);
        new YamlScalar(Integer.MAX_VALUE, true).write(Values.normal(entry.getKey()), out, column);
        out.append(": ");
        inFlow(entry.getValue(), out, column);
        before = ",";
      }
      out.append('}');
    } else if (value instanceof List<?> list) {
      String before = "[";
      for (Object item : list) {
        next(before, out, column);
        inFlow(item, out, column);
        before = ",";
      }
      out.append(']');
    }
  }

  private void inFlow(@Nullable Object value, StringBuilder out, int column) {
    Object plain = Values.normal(Undefined.refuse(value));
    flow(plain, out, isCollection(plain) ? column + indent : column);
  }

  private void next(String sign, StringBuilder out, int column) {
    out.append(sign);
    if (YamlScalar.reached(out) > width) {
      out.append('\n').append(" ".repeat(column));
    } else if (sign.equals(",")) {
      out.append(' ');
    }
  }
}
