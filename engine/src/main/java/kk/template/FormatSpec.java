package kk.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How one value is to be formatted: the part behind the colon in `'{:>8.2f}'.format(x)`.
///
/// @param precision below zero when none was given
/// @param grouping a comma or underscore between groups of digits, or empty
record FormatSpec(
    String fill,
    String align,
    String sign,
    boolean alternative,
    int width,
    String grouping,
    int precision,
    String type) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?s)(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([bcdeEfFgGnosxX%])?");
  private static final int WIDEST = 1 << 20;

  static FormatSpec read(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      throw Refusal.because("`" + written + "` is no format");
    }
    boolean zero = matcher.group(5) != null;
    String align = or(matcher.group(2), zero ? "=" : "");
    return new FormatSpec(
        or(matcher.group(1), zero ? "0" : " "),
        align,
        or(matcher.group(3), ""),
        matcher.group(4) != null,
        number(matcher.group(6), 0),
        or(matcher.group(7), ""),
        number(matcher.group(8), -1),
        or(matcher.group(9), ""));
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static int number(@Nullable String digits, int otherwise) {
    if (digits == null) {
      return otherwise;
    }
    if (digits.length() > 7 || Integer.parseInt(digits) > WIDEST) {
      throw Refusal.because("`" + digits + "` is too wide for a format");
    }
    return Integer.parseInt(digits);
  }

  String apply(@Nullable Object value) {
    if (value instanceof Double number) {
      return padded(signed(number < 0 || 1 / number < 0, decimal(Math.abs(number))), ">");
    }
    if (value != null && Numbers.isWhole(value) && !(value instanceof Boolean && type.isEmpty())) {
      if (!type.isEmpty() && "eEfFgG%".contains(type)) {
        double number = Numbers.fraction(value);
        return padded(signed(number < 0, decimal(Math.abs(number))), ">");
      }
      BigInteger number = Numbers.big(value);
      return padded(signed(number.signum() < 0, whole(number.abs())), ">");
    }
    if (!type.isEmpty() && !type.equals("s")) {
      throw Refusal.because(
          "the format `"
              + type
              + "` needs a number, not a value of type `"
              + Values.typeName(value)
              + "`");
    }
    String text = Printing.text(value);
    return padded(
        precision >= 0 && precision < text.length() ? text.substring(0, precision) : text, "<");
  }

  private String signed(boolean negative, String digits) {
    return (negative ? "-" : sign.equals("-") ? "" : sign) + digits;
  }

  private String whole(BigInteger number) {
    return switch (type) {
      case "b" -> (alternative ? "0b" : "") + number.toString(2);
      case "o" -> (alternative ? "0o" : "") + number.toString(8);
      case "x" -> (alternative ? "0x" : "") + number.toString(16);
      case "X" -> (alternative ? "0X" : "") + number.toString(16).toUpperCase(Locale.ROOT);
      case "c" -> Character.toString(number.intValue());
      case "", "d", "n" -> grouped(number.toString());
      default -> throw Refusal.because("the format `" + type + "` is not for whole numbers");
    };
  }

  private String decimal(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Printing.decimal(number);
    }
    int digits = precision < 0 ? 6 : precision;
    return switch (type) {
      case "f", "F" -> grouped(fixed(number, digits));
      case "%" -> grouped(fixed(number * 100, digits)) + "%";
      case "e" -> scientific(number, digits);
      case "E" -> scientific(number, digits).toUpperCase(Locale.ROOT);
      case "g", "G" -> {
        String general = general(number, Math.max(1, digits));
        yield type.equals("G") ? general.toUpperCase(Locale.ROOT) : general;
      }
      case "" ->
          grouped(precision < 0 ? Printing.decimal(number) : general(number, Math.max(1, digits)));
      default -> throw Refusal.because("the format `" + type + "` is not for fractions");
    };
  }

  private static String fixed(double number, int digits) {
    return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String scientific(double number, int digits) {
    BigDecimal rounded =
        number == 0
            ? BigDecimal.ZERO
            : new BigDecimal(number).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
    int exponent = number == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String mantissa =
        rounded.movePointLeft(exponent).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + power;
  }

  private static String general(double number, int digits) {
    if (number == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return rounded.stripTrailingZeros().toPlainString();
    }
    String plain = scientific(number, digits - 1);
    int power = plain.indexOf('e');
    String mantissa =
        new BigDecimal(plain.substring(0, power)).stripTrailingZeros().toPlainString();
    return mantissa + plain.substring(power);
  }

  private String grouped(String number) {
    if (grouping.isEmpty()) {
      return number;
    }
    int point = number.indexOf('.');
    int end = point < 0 ? number.length() : point;
    StringBuilder out = new StringBuilder(number);
    for (int i = end - 3; i > 0; i -= 3) {
      out.insert(i, grouping);
    }
    return out.toString();
  }

  private String padded(String text, String usual) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    String where = align.isEmpty() ? usual : align;
    return switch (where) {
      case "<" -> text + fill.repeat(missing);
      case "^" -> fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
      case "=" -> {
        boolean hasSign = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0;
        int digits = hasSign ? 1 : 0;
        yield text.substring(0, digits) + fill.repeat(missing) + text.substring(digits);
      }
      default -> fill.repeat(missing) + text;
    };
  }
}
