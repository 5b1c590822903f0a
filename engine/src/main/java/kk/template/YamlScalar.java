package kk.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A single value as PyYAML writes it: quoted where it would be read as something else, and broken
/// at the first space behind the border of the page.
///
/// @param width the border
/// @param inFlow whether it stands inside `[ ]` or `{ }`, where more has to be quoted
record YamlScalar(int width, boolean inFlow) {
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

  /// @param column where the lines after the first one begin
  void write(@Nullable Object value, StringBuilder out, int column) {
    switch (value) {
      case null -> out.append("null");
      case Boolean flag -> out.append(flag ? "true" : "false");
      case Double number -> out.append(fraction(number));
      case Number number -> out.append(number);
      case List<?> list -> out.append("[]");
      case Map<?, ?> map -> out.append("{}");
      case String text -> text(text, out, column);
      default -> text(Printing.text(value), out, column);
    }
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

  private void text(String text, StringBuilder out, int column) {
    if (text.chars().anyMatch(c -> (c < ' ' && c != '\n') || c == 0x7f || c > 0xfffd)) {
      out.append(Json.compact().write(text));
    } else if (isPlain(text)) {
      folded(text, out, column, true);
    } else {
      out.append('\'');
      folded(text, out, column, false);
      out.append('\'');
    }
  }

  private boolean isPlain(String text) {
    if (WORDS.contains(text.toLowerCase(Locale.ROOT))
        || NUMBER.matcher(text).matches()
        || DATE.matcher(text).matches()
        || text.indexOf('\n') >= 0) {
      return false;
    }
    char first = text.charAt(0);
    boolean dash = "-?:".indexOf(first) >= 0 && (text.length() == 1 || text.charAt(1) == ' ');
    return !dash
        && "#,[]{}&*!|>'\"%@` ".indexOf(first) < 0
        && !(inFlow && text.chars().anyMatch(c -> ",?[]{}:".indexOf(c) >= 0))
        && !text.endsWith(" ")
        && !text.endsWith(":")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.startsWith("---")
        && !text.startsWith("...");
  }

  /// Breaks a line at single spaces only; a line break of the text takes an empty line more.
  private void folded(String text, StringBuilder out, int column, boolean plain) {
    boolean broken = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append(broken ? "\n" : "\n\n");
        broken = true;
        continue;
      }
      out.append(broken ? " ".repeat(column) : "");
      broken = false;
      if (c == ' ' && isSingle(text, i) && reached(out) > width) {
        out.append('\n').append(" ".repeat(column));
      } else {
        out.append(c == '\'' && !plain ? "''" : String.valueOf(c));
      }
    }
    out.append(broken ? " ".repeat(column) : "");
  }

  private static boolean isSingle(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && " \n".indexOf(text.charAt(at - 1)) < 0
        && " \n".indexOf(text.charAt(at + 1)) < 0;
  }

  /// How long the last line is.
  static int reached(StringBuilder out) {
    return out.length() - out.lastIndexOf("\n") - 1;
  }
}
