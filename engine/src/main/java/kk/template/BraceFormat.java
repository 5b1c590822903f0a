package kk.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Python's `'{} {name:>8}'.format(…)`.
final class BraceFormat {
  private final Arguments arguments;
  private final StringBuilder out = new StringBuilder();
  private int next;

  private BraceFormat(Arguments arguments) {
    this.arguments = arguments;
  }

  static String apply(String format, Arguments arguments) {
    BraceFormat run = new BraceFormat(arguments);
    run.read(format);
    return run.out.toString();
  }

  private void read(String format) {
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      if ((c == '{' || c == '}') && at + 1 < format.length() && format.charAt(at + 1) == c) {
        out.append(c);
        at += 2;
      } else if (c == '{') {
        int end = end(format, at);
        place(format.substring(at + 1, end));
        at = end + 1;
      } else if (c == '}') {
        throw Refusal.because("the format has a single `}`; write `}}` for a brace");
      } else {
        out.append(c);
        at++;
      }
    }
  }

  private static int end(String format, int from) {
    int depth = 0;
    for (int i = from; i < format.length(); i++) {
      depth += format.charAt(i) == '{' ? 1 : format.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw Refusal.because("the format has a `{` that is never closed");
  }

  private void place(String written) {
    int colon = written.indexOf(':');
    String field = colon < 0 ? written : written.substring(0, colon);
    String spec = colon < 0 ? "" : written.substring(colon + 1);
    if (spec.contains("{")) {
      spec = apply(spec);
    }
    boolean quoted = field.endsWith("!r");
    if (quoted || field.endsWith("!s")) {
      field = field.substring(0, field.length() - 2);
    }
    Object value = value(field);
    Object shown = quoted ? Printing.quoted(value) : value;
    out.append(spec.isEmpty() ? Printing.text(shown) : FormatSpec.read(spec).apply(shown));
  }

  private String apply(String spec) {
    BraceFormat inner = new BraceFormat(arguments);
    inner.next = next;
    inner.read(spec);
    next = inner.next;
    return inner.out.toString();
  }

  private @Nullable Object value(String field) {
    int end = 0;
    while (end < field.length() && field.charAt(end) != '.' && field.charAt(end) != '[') {
      end++;
    }
    Object value = start(field.substring(0, end));
    String rest = field.substring(end).replace("]", "").replace('[', '.');
    return rest.isEmpty()
        ? value
        : Undefined.refuse(arguments.evaluator().path(value, rest.substring(1)));
  }

  private @Nullable Object start(String name) {
    List<@Nullable Object> positional = arguments.more();
    Map<String, @Nullable Object> named = arguments.other();
    if (name.isEmpty() || name.chars().allMatch(Character::isDigit)) {
      int index = name.isEmpty() ? next++ : Integer.parseInt(name);
      if (index >= positional.size()) {
        throw Refusal.because("there are fewer values than places in the format");
      }
      return positional.get(index);
    }
    if (!named.containsKey(name)) {
      throw Refusal.because("the format wants a value named `" + name + "`");
    }
    return named.get(name);
  }
}
