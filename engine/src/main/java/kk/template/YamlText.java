package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values as YAML text in block style, as PyYAML writes it.
///
/// @param indent spaces per level of a map
public record YamlText(int indent, boolean sortKeys) {
  private static final Set<String> WORDS =
      Set.of("yes", "no", "on", "off", "true", "false", "null", "~", "", "=", "<<");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(0b[01_]+|0[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\\.[0-9_]*)?|"
              + "[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+][0-9]+)?|\\.[0-9_]+|\\.inf|\\.Inf|\\.INF)"
              + "|\\.nan|\\.NaN|\\.NAN");
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d|\\d{4}-\\d\\d?-\\d\\d?([Tt]|[ \\t]+)\\d\\d?:\\d\\d:\\d\\d.*");

  /// The text of a value, which ends with a line break.
  public String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    Object plain = Values.normal(value);
    if (isBlock(plain)) {
      block(plain, out, 0);
      return out.toString();
    }
    scalar(plain, out, 0);
    return out.append('\n').toString();
  }

  private static boolean isBlock(@Nullable Object value) {
    return (value instanceof Map<?, ?> map && !map.isEmpty())
        || (value instanceof List<?> list && !list.isEmpty());
  }

  private void block(@Nullable Object value, StringBuilder out, int column) {
    if (value instanceof Map<?, ?> map) {
      boolean first = true;
      for (Map.Entry<?, ?> entry : entries(map)) {
        out.append(first ? "" : " ".repeat(column));
        entry(entry, out, column);
        first = false;
      }
    } else if (value instanceof List<?> list) {
      boolean first = true;
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
    scalar(Values.normal(entry.getKey()), out, column);
    out.append(':');
    Object value = Values.normal(Undefined.refuse(entry.getValue()));
    if (!isBlock(value)) {
      out.append(' ');
      scalar(value, out, column + indent);
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
      scalar(value, out, column + indent);
      out.append('\n');
    }
  }

  private static void scalar(@Nullable Object value, StringBuilder out, int column) {
    out.append(
        switch (value) {
          case null -> "null";
          case Boolean flag -> flag ? "true" : "false";
          case Double number -> fraction(number);
          case Number number -> number.toString();
          case List<?> list -> "[]";
          case Map<?, ?> map -> "{}";
          case String text -> string(text, column);
          default -> string(Printing.text(value), column);
        });
  }

  private static String fraction(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    String text = Printing.decimal(number);
    return text.indexOf('e') >= 0 && text.indexOf('.') < 0 ? text.replace("e", ".0e") : text;
  }

  private static String string(String text, int column) {
    if (text.chars().anyMatch(c -> (c < ' ' && c != '\n') || c == 0x7f || c > 0xfffd)) {
      return Json.compact().write(text);
    }
    if (text.indexOf('\n') >= 0) {
      return lines(text, column);
    }
    return isPlain(text) ? text : "'" + text.replace("'", "''") + "'";
  }

  private static boolean isPlain(String text) {
    if (WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
        || NUMBER.matcher(text).matches()
        || DATE.matcher(text).matches()) {
      return false;
    }
    char first = text.charAt(0);
    boolean dash = "-?:".indexOf(first) >= 0 && (text.length() == 1 || text.charAt(1) == ' ');
    return !dash
        && "#,[]{}&*!|>'\"%@` ".indexOf(first) < 0
        && !text.endsWith(" ")
        && !text.endsWith(":")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.startsWith("---")
        && !text.startsWith("...");
  }

  /// Several lines: quoted, with an empty line for every line break, as PyYAML folds them.
  private static String lines(String text, int column) {
    StringBuilder out = new StringBuilder("'");
    boolean broken = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append(broken ? "\n" : "\n\n");
        broken = true;
      } else {
        if (broken) {
          out.append(" ".repeat(column));
        }
        out.append(c == '\'' ? "''" : String.valueOf(c));
        broken = false;
      }
    }
    return out.append(broken ? " ".repeat(column) : "").append('\'').toString();
  }
}
