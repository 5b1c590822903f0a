package kk.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Filters about numbers.
final class NumberFilters {
  private static final Pattern SIZE =
      Pattern.compile("^\\s*(\\d*\\.?\\d*)\\s*([A-Za-z]+)?", Pattern.UNICODE_CASE);
  private static final String UNITS = "KMGTPEZY";

  private NumberFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .add("abs", "", "without its sign", (input, args) -> Numbers.absolute(number(input)))
        .add(
            "round",
            "precision? method?",
            "rounded to so many digits",
            (input, args) -> round(number(input), args))
        .add(
            "log",
            "base?",
            "the logarithm",
            (input, args) -> log(Numbers.fraction(number(input)), args))
        .add(
            "pow",
            "y",
            "to the power of y",
            (input, args) ->
                Math.pow(
                    Numbers.fraction(number(input)), Numbers.fraction(number(args.value("y")))))
        .add(
            "root",
            "base?",
            "the square root, or another one",
            (input, args) -> {
              double base = Numbers.fraction(number(args.value("base", 2L)));
              double value = Numbers.fraction(number(input));
              if (base == 0) {
                throw Refusal.argument("`base` of `root` can't be zero");
              }
              return base == 2 ? Math.sqrt(value) : Math.pow(value, 1 / base);
            })
        .add(
            "human_readable",
            "isbits? unit?",
            "a size such as `1.50 GB`",
            (input, args) -> readable(Numbers.fraction(number(input)), args))
        .add(
            "human_to_bytes",
            "default_unit? isbits?",
            "the bytes of a size such as `1.5 GB`",
            (input, args) -> bytes(Printing.text(input), args))
        .add(
            "filesizeformat",
            "binary?",
            "a size such as `1.5 GB`",
            (input, args) -> fileSize(Numbers.fraction(number(input)), args.flag("binary", false)));
  }

  private static Object number(@Nullable Object input) {
    if (input == null || !Numbers.isNumber(input)) {
      throw Refusal.because(
          "a number is needed, not a value of type `" + Values.typeName(input) + "`");
    }
    return input;
  }

  private static Object round(Object number, Arguments args) {
    int precision = args.integer("precision", 0);
    String method = args.oneOf("method", "common", "ceil", "floor");
    RoundingMode mode =
        switch (method) {
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> RoundingMode.HALF_EVEN;
        };
    if (Numbers.isWhole(number) && method.equals("common") && precision >= 0) {
      return Numbers.normal(Numbers.big(number));
    }
    double value = Numbers.fraction(number);
    return Double.isNaN(value) || Double.isInfinite(value)
        ? (Object) value
        : new BigDecimal(value).setScale(precision, mode).doubleValue();
  }

  private static double log(double value, Arguments args) {
    if (value <= 0) {
      throw Refusal.because("only a number above zero has a logarithm");
    }
    if (!args.has("base")) {
      return Math.log(value);
    }
    double base = Numbers.fraction(number(args.value("base")));
    if (base <= 0 || base == 1) {
      throw Refusal.argument("`base` of `log` must be above zero, and not 1");
    }
    return base == 10 ? Math.log10(value) : Math.log(value) / Math.log(base);
  }

  private static String readable(double size, Arguments args) {
    String base = args.flag("isbits", false) ? "bits" : "Bytes";
    String wanted = args.value("unit") == null ? null : args.text("unit").toUpperCase(Locale.ROOT);
    for (int power = UNITS.length(); power > 0; power--) {
      double limit = Math.pow(1024, power);
      String unit = UNITS.substring(power - 1, power);
      if (wanted == null ? size >= limit : wanted.equals(unit)) {
        return String.format(
            Locale.ROOT, "%.2f %s", size / limit, unit + (base.equals("bits") ? "b" : "B"));
      }
    }
    return String.format(Locale.ROOT, "%.2f %s", size, base);
  }

  private static long bytes(String text, Arguments args) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.find() || matcher.group(1).isEmpty() || matcher.group(1).equals(".")) {
      throw Refusal.because("`" + text + "` is no size");
    }
    double number = Double.parseDouble(matcher.group(1));
    String unit = matcher.group(2) == null ? args.option("default_unit", "B") : matcher.group(2);
    String first = unit.substring(0, 1).toUpperCase(Locale.ROOT);
    int power = first.equals("B") ? 0 : UNITS.indexOf(first) + 1;
    String last = args.flag("isbits", false) ? "b" : "B";
    boolean known = first.equals("B") || power > 0;
    boolean fits =
        unit.length() == 1
            || unit.substring(1).equals(last)
            || unit.toLowerCase(Locale.ROOT).equals(args.flag("isbits", false) ? "bits" : "bytes");
    if (!known || !fits) {
      throw Refusal.because("`" + unit + "` in `" + text + "` is no unit of size");
    }
    return Math.round(number * Math.pow(1024, power));
  }

  private static String fileSize(double size, boolean binary) {
    double base = binary ? 1024 : 1000;
    if (size < base) {
      return size == 1 ? "1 Byte" : (long) size + " Bytes";
    }
    int power = 1;
    while (power < UNITS.length() && size >= Math.pow(base, power + 1)) {
      power++;
    }
    String unit =
        binary
            ? UNITS.substring(power - 1, power) + "iB"
            : (power == 1 ? "k" : UNITS.substring(power - 1, power)) + "B";
    return String.format(Locale.ROOT, "%.1f %s", size / Math.pow(base, power), unit);
  }
}
