package kk.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Filters about whether a value is there and what type it has.
final class BasicFilters {
  private static final Set<String> TRUE = Set.of("y", "yes", "on", "1", "true", "t");

  private BasicFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .addTolerant(
            "default d",
            "default_value? boolean?",
            "another value in place of an undefined one, or of any that counts as false",
            (input, args) -> orDefault(input, args))
        .addTolerant(
            "mandatory",
            "msg?",
            "fails when the value is undefined",
            (input, args) -> mandatory(input, args))
        .add(
            "ternary",
            "true_val false_val none_val?",
            "one value when the input is true, another when it is false",
            (input, args) ->
                input == null && args.has("none_val")
                    ? args.value("none_val")
                    : args.value(Values.isTrue(input) ? "true_val" : "false_val"))
        .add(
            "bool",
            "",
            "true for `yes`, `on`, `true`, `1`, else false",
            (input, args) -> toBool(input))
        .add(
            "int",
            "default? base?",
            "a whole number, or the default when it is none",
            (input, args) -> toInt(input, args))
        .add(
            "float",
            "default?",
            "a fraction, or the default when it is none",
            (input, args) -> toFloat(input, args))
        .add("string", "", "as text", (input, args) -> Printing.text(input))
        .add(
            "list",
            "",
            "as a list: the characters of a string, the keys of a map",
            (input, args) -> Values.items(input))
        .add("length count", "", "how many items or characters", (input, args) -> length(input))
        .addTolerant(
            "type_debug",
            "",
            "the name of the type, as Python calls it",
            (input, args) ->
                input instanceof Undefined ? "AnsibleUndefined" : Values.typeName(input))
        .add(
            "attr",
            "name",
            "an attribute of a value that is no map",
            (input, args) -> attribute(input, args))
        .add("pprint", "", "as text with types visible", (input, args) -> Printing.quoted(input));
  }

  private static @Nullable Object orDefault(@Nullable Object input, Arguments args) {
    boolean replaced =
        input instanceof Undefined || (args.flag("boolean", false) && !Values.isTrue(input));
    return replaced ? args.value("default_value", "") : input;
  }

  private static @Nullable Object mandatory(@Nullable Object input, Arguments args) {
    if (input instanceof Undefined undefined) {
      throw args.value("msg") == null
          ? undefined.failure()
          : args.evaluator().missing(args.shown("msg")).failure();
    }
    return input;
  }

  static @Nullable Object toBool(@Nullable Object input) {
    return switch (input) {
      case null -> null;
      case Boolean flag -> flag;
      case String text -> TRUE.contains(text.strip().toLowerCase(Locale.ROOT));
      case Long number -> number == 1;
      case Double number -> number == 1;
      default -> false;
    };
  }

  private static @Nullable Object toInt(@Nullable Object input, Arguments args) {
    Object otherwise = args.value("default", 0L);
    int base = args.integer("base", 10);
    return switch (input) {
      case Boolean flag -> flag ? 1L : 0L;
      case Double number ->
          Double.isNaN(number) || Double.isInfinite(number) ? otherwise : Numbers.truncate(number);
      case Number number -> number;
      case String text -> parse(text.strip().replace("_", ""), base, otherwise);
      case null, default -> otherwise;
    };
  }

  private static @Nullable Object parse(String text, int base, @Nullable Object otherwise) {
    String digits = text.toLowerCase(Locale.ROOT);
    boolean negative = digits.startsWith("-");
    digits = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    int radix = base;
    for (Map.Entry<String, Integer> prefix : Map.of("0x", 16, "0o", 8, "0b", 2).entrySet()) {
      if ((base == prefix.getValue() || base == 0) && digits.startsWith(prefix.getKey())) {
        digits = digits.substring(2);
        radix = prefix.getValue();
      }
    }
    try {
      BigInteger number = new BigInteger(digits, radix == 0 ? 10 : radix);
      return Numbers.normal(negative ? number.negate() : number);
    } catch (NumberFormatException e) {
      Double fraction = base == 10 ? fraction(text) : null;
      return fraction == null || Double.isNaN(fraction) || Double.isInfinite(fraction)
          ? otherwise
          : Numbers.truncate(fraction);
    }
  }

  private static @Nullable Double fraction(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.endsWith("d") || (lower.endsWith("f") && !lower.endsWith("inf"))) {
      return null;
    }
    String plain = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
    if (plain.equals("inf") || plain.equals("infinity")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (plain.equals("nan")) {
      return Double.NaN;
    }
    try {
      return Double.valueOf(lower);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Object toFloat(@Nullable Object input, Arguments args) {
    Object otherwise = args.value("default", 0.0);
    return switch (input) {
      case Boolean flag -> flag ? 1.0 : 0.0;
      case Number number -> number.doubleValue();
      case String text -> {
        Double number = fraction(text.replace("_", ""));
        yield number == null ? otherwise : number;
      }
      case null, default -> otherwise;
    };
  }

  private static long length(@Nullable Object input) {
    return switch (input) {
      case String text -> text.codePointCount(0, text.length());
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case null, default ->
          throw Refusal.because("a value of type `" + Values.typeName(input) + "` has no length");
    };
  }

  private static @Nullable Object attribute(@Nullable Object input, Arguments args) {
    String name = args.shown("name");
    return input instanceof Attributes attributes && attributes.attributeNames().contains(name)
        ? attributes.attribute(name)
        : args.evaluator().missing("there is no attribute `" + name + "`");
  }
}
