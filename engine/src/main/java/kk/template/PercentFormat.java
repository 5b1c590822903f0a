package kk.template;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Python's `'%s-%03d' % (a, b)`.
final class PercentFormat {
  private static final Pattern PLACE =
      Pattern.compile(
          "%(?:\\((.*?)\\))?([-+ #0]*)(\\*|\\d+)?(?:\\.(\\d+))?[hlL]?(.)?", Pattern.DOTALL);

  private final List<?> values;
  private final @Nullable Map<?, ?> named;
  private int next;

  private PercentFormat(List<?> values, @Nullable Map<?, ?> named) {
    this.values = values;
    this.named = named;
  }

  /// @param value a tuple fills several places, a map those with names, anything else one
  static String apply(String format, @Nullable Object value) {
    List<?> values = value instanceof Tuple tuple ? tuple : new Tuple(value);
    Map<?, ?> named = value instanceof Map<?, ?> map ? map : null;
    PercentFormat run = new PercentFormat(values, named);
    Matcher matcher = PLACE.matcher(format);
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (matcher.find()) {
      out.append(format, from, matcher.start());
      out.append(run.place(matcher));
      from = matcher.end();
    }
    out.append(format, from, format.length());
    if (run.next < values.size() && named == null) {
      throw Refusal.because("there are more values than places in the format");
    }
    return out.toString();
  }

  private @Nullable Object take(@Nullable String name) {
    if (name != null) {
      if (named == null || !named.containsKey(name)) {
        throw Refusal.because("the format wants a value named `" + name + "`");
      }
      return named.get(name);
    }
    if (next >= values.size()) {
      throw Refusal.because("there are fewer values than places in the format");
    }
    return Undefined.refuse(values.get(next++));
  }

  private String place(Matcher place) {
    String kind = place.group(5);
    if (kind == null) {
      throw Refusal.because("the format ends in the middle of a place");
    }
    if (kind.equals("%")) {
      return "%";
    }
    String flags = place.group(2);
    String width = place.group(3);
    if ("*".equals(width)) {
      width = Printing.text(take(null));
    }
    Object value = take(place.group(1));
    String spec =
        (flags.contains("-") ? "<" : flags.contains("0") && !"sr".contains(kind) ? "0=" : ">")
            + (flags.contains("+") ? "+" : flags.contains(" ") ? " " : "")
            + (flags.contains("#") ? "#" : "")
            + (width == null ? "" : width)
            + (place.group(4) == null || "diu".contains(kind) ? "" : "." + place.group(4));
    return switch (kind) {
      case "s" -> FormatSpec.read(spec).apply(Printing.text(value));
      case "r", "a" -> FormatSpec.read(spec).apply(Printing.quoted(value));
      case "d", "i", "u" -> FormatSpec.read(spec + "d").apply(whole(kind, value));
      case "x", "X", "o" -> FormatSpec.read(spec + kind).apply(whole(kind, value));
      case "e", "E", "f", "F", "g", "G" -> FormatSpec.read(spec + kind).apply(number(kind, value));
      case "c" ->
          FormatSpec.read(spec)
              .apply(value instanceof Long code ? Character.toString(code.intValue()) : value);
      default -> throw Refusal.because("`%" + kind + "` has no meaning in a format");
    };
  }

  private static Object whole(String kind, @Nullable Object value) {
    Object number = number(kind, value);
    return number instanceof Double fraction ? Numbers.truncate(fraction) : number;
  }

  private static Object number(String kind, @Nullable Object value) {
    if (value == null || !Numbers.isNumber(value)) {
      throw Refusal.because(
          "`%" + kind + "` needs a number, not a value of type `" + Values.typeName(value) + "`");
    }
    return value;
  }
}
