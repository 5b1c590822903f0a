package kk.modules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The types of a role's arguments, and what Ansible takes for a value of each
/// (`ansible.module_utils.common.validation`).
final class ArgumentTypes {
  private static final Pattern SIZE = Pattern.compile("(\\d*\\.?\\d+)\\s*([A-Za-z]*)\\s*");

  /// What a unit begins with, each 1024 times the one before.
  private static final String UNITS = "BKMGTPEZY";

  private static final Pattern PAIR = Pattern.compile("([^\\s=,]+)=([^\\s,]*)");

  private ArgumentTypes() {}

  /// A value as one of a type.
  ///
  /// @throws IllegalArgumentException when it can't be one, with Ansible's words
  static @Nullable Object convert(@Nullable Object value, String type) {
    return switch (type) {
      case "str", "path" -> string(value);
      case "bool" -> bool(value);
      case "int" -> integer(value);
      case "float" -> decimal(value);
      case "list" -> list(value);
      case "dict" -> mapping(value);
      case "json", "jsonarg" -> json(value);
      case "bytes" -> size(value, "Byte", 'B');
      case "bits" -> size(value, "Bit", 'b');
      default -> value;
    };
  }

  /// Python's name of a value's type, as its messages have it.
  static String typeOf(@Nullable Object value) {
    String name =
        switch (value) {
          case null -> "NoneType";
          case String text -> "str";
          case Boolean truth -> "bool";
          case Long number -> "int";
          case BigInteger number -> "int";
          case Number number -> "float";
          case List<?> list -> "list";
          case Map<?, ?> map -> "dict";
          default -> value.getClass().getSimpleName();
        };
    return "<class '" + name + "'>";
  }

  /// A value as Python's `str` writes it, when it is no list and no mapping.
  static String text(@Nullable Object value) {
    return value == null ? "None" : PlainText.of(value);
  }

  /// The truth of what may be written for a boolean; nothing for anything else.
  static Optional<Boolean> truth(@Nullable Object value) {
    String word = value instanceof Double d ? text(d).replaceFirst("\\.0$", "") : text(value);
    return switch (word.toLowerCase(Locale.ROOT).strip()) {
      case "true", "yes", "on", "1", "y", "t" -> Optional.of(true);
      case "false", "no", "off", "0", "n", "f" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Object string(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("'None' is not a string and conversion is not allowed");
    }
    return text(value);
  }

  private static Object bool(@Nullable Object value) {
    if (value == null || value instanceof List<?> || value instanceof Map<?, ?>) {
      throw cannot(value, "a bool");
    }
    return truth(value)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The value '"
                        + text(value)
                        + "' is not a valid boolean.  Valid booleans include: 0, 1, 'f', 'false',"
                        + " 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'"));
  }

  private static Object integer(@Nullable Object value) {
    if (value instanceof Long || value instanceof BigInteger || value instanceof Boolean) {
      return value;
    }
    try {
      if (value instanceof String || value instanceof Number) {
        return new BigDecimal(value.toString().strip()).toBigIntegerExact().longValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // said below
    }
    String shown = value instanceof String text ? "'" + text + "'" : text(value);
    throw new IllegalArgumentException("\"" + shown + "\" cannot be converted to an int");
  }

  private static Object decimal(@Nullable Object value) {
    try {
      if (value instanceof String || value instanceof Number) {
        return Double.parseDouble(value.toString().strip());
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw cannot(value, "a float");
  }

  private static Object list(@Nullable Object value) {
    return switch (value) {
      case List<?> list -> list;
      case String text -> Arrays.asList(text.split(",", -1));
      case Boolean truth -> List.of(text(truth));
      case Number number -> List.of(text(number));
      case null, default -> throw cannot(value, "a list");
    };
  }

  private static Object mapping(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return value;
    }
    if (!(value instanceof String text)) {
      throw cannot(value, "a dict");
    }
    if (text.startsWith("{")) {
      return Json.find(text)
          .filter(parsed -> parsed instanceof Map<?, ?>)
          .orElseThrow(
              () -> new IllegalArgumentException("unable to evaluate string as dictionary"));
    }
    Map<String, Object> pairs = new LinkedHashMap<>();
    Matcher pair = PAIR.matcher(text);
    while (pair.find()) {
      pairs.put(pair.group(1), pair.group(2));
    }
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("dictionary requested, could not parse JSON or key=value");
    }
    return pairs;
  }

  private static Object json(@Nullable Object value) {
    return switch (value) {
      case String text -> text.strip();
      case List<?> list -> PlainText.json(list);
      case Map<?, ?> map -> PlainText.json(map);
      case null, default -> throw cannot(value, "a json string");
    };
  }

  /// A number with a unit, such as `10M`, `10MB` or `10 megabytes`.
  private static Object size(@Nullable Object value, String what, char unit) {
    Matcher size = SIZE.matcher(text(value));
    if (size.matches()) {
      String suffix = size.group(2);
      int power = suffix.isEmpty() ? 0 : UNITS.indexOf(Character.toUpperCase(suffix.charAt(0)));
      boolean known =
          suffix.length() < 2
              || suffix.charAt(1) == unit
              || suffix.toLowerCase(Locale.ROOT).contains(what.toLowerCase(Locale.ROOT));
      if (power >= 0 && known) {
        return Math.round(Double.parseDouble(size.group(1)) * Math.pow(1024, power));
      }
    }
    throw cannot(value, "a " + what + " value");
  }

  private static IllegalArgumentException cannot(@Nullable Object value, String type) {
    return new IllegalArgumentException(typeOf(value) + " cannot be converted to " + type);
  }
}
