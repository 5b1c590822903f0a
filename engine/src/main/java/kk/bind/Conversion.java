package kk.bind;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.FileMode;
import kk.spi.Secret;
import kk.spi.Unevaluated;
import org.jspecify.annotations.Nullable;

/// Turns a native value into what a component takes, as generously as Ansible does: text for
/// numbers, a single item for a list, `yes` for true.
final class Conversion {
  private Conversion() {}

  /// @throws IllegalArgumentException with a sentence that says what would be right
  static Object convert(Object value, Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(value, generic);
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted == Object.class) {
      return value;
    }
    if (wanted == String.class) {
      return text(value);
    }
    if (wanted == boolean.class || wanted == Boolean.class) {
      return bool(value);
    }
    if (wanted == int.class || wanted == Integer.class) {
      return Math.toIntExact(integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    if (wanted == long.class || wanted == Long.class) {
      return integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (wanted == double.class || wanted == Double.class) {
      return decimal(value);
    }
    if (wanted == Path.class) {
      return Path.of(text(value));
    }
    if (wanted == FileMode.class) {
      return new FileMode(text(value));
    }
    if (wanted == Charset.class) {
      return charset(text(value));
    }
    if (wanted == Secret.class) {
      return new Secret(text(value));
    }
    if (wanted == Duration.class) {
      return Duration.ofMillis(Math.round(decimal(value) * 1000));
    }
    if (wanted == Unevaluated.class) {
      return new Unevaluated(value instanceof Boolean b ? (b ? "true" : "false") : text(value));
    }
    if (wanted.isEnum()) {
      return choice(text(value), wanted);
    }
    if (wanted.isRecord()) {
      return record(value, wanted.asSubclass(Record.class));
    }
    throw new IllegalStateException("no conversion to " + type);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "it takes an encoding such as utf-8, not `" + name + "`", e);
    }
  }

  private static Object generic(Object value, ParameterizedType type) {
    Type[] inner = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return Optional.of(convert(value, inner[0]));
    }
    if (type.getRawType() == List.class) {
      List<Object> list = new ArrayList<>();
      for (Object item : items(value, inner[0])) {
        list.add(convert(item, inner[0]));
      }
      return List.copyOf(list);
    }
    if (type.getRawType() == Map.class && value instanceof Map<?, ?> map) {
      Map<String, Object> result = new LinkedHashMap<>();
      map.forEach(
          (key, entry) -> result.put(text(key), entry == null ? null : convert(entry, inner[1])));
      return result;
    }
    throw new IllegalArgumentException("it takes a mapping, not " + describe(value));
  }

  /// A record is written as a mapping of its components.
  private static Object record(Object value, Class<? extends Record> type) {
    ArgumentSchema<?> schema = ArgumentSchema.of(type);
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          "it takes a mapping of "
              + String.join(", ", schema.names())
              + ", not "
              + describe(value));
    }
    Map<String, Object> given = new LinkedHashMap<>();
    map.forEach((key, entry) -> given.put(text(key), entry));
    try {
      return ArgumentBinder.bind(schema, given);
    } catch (BindingFailed e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static List<?> items(Object value, Type itemType) {
    if (value instanceof List<?> list) {
      return list;
    }
    boolean plain = itemType == String.class || itemType == Integer.class || itemType == Long.class;
    boolean splits = plain && value instanceof String text && text.contains(",");
    return splits
        ? Arrays.stream(((String) value).split(",")).map(String::strip).toList()
        : List.of(value);
  }

  private static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean truth -> truth ? "True" : "False";
      case Number number -> number.toString();
      default -> throw new IllegalArgumentException("it takes text, not " + describe(value));
    };
  }

  private static boolean bool(Object value) {
    return findBool(value)
        .orElseThrow(
            () -> new IllegalArgumentException("it takes true or false, not " + describe(value)));
  }

  /// The truth of what a playbook may write for a boolean.
  static Optional<Boolean> findBool(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return Optional.of(truth);
    }
    if (value instanceof String || value instanceof Long) {
      return switch (value.toString().toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on", "1", "y", "t" -> Optional.of(true);
        case "false", "no", "off", "0", "n", "f" -> Optional.of(false);
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  private static long integer(Object value, long least, long most) {
    try {
      long number = integer(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // said below
    }
    throw new IllegalArgumentException("it takes a whole number, not " + describe(value));
  }

  private static long integer(Object value) {
    return switch (value) {
      case Long number -> number;
      case BigInteger number -> number.longValueExact();
      case Double number when number == Math.rint(number) -> number.longValue();
      case String text -> Long.parseLong(text.strip());
      default -> throw new NumberFormatException("no whole number");
    };
  }

  private static double decimal(Object value) {
    try {
      return switch (value) {
        case Number number -> number.doubleValue();
        case String text -> Double.parseDouble(text.strip());
        default -> throw new IllegalArgumentException("it takes a number, not " + describe(value));
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it takes a number, not " + describe(value));
    }
  }

  private static Object choice(String text, Class<?> type) {
    List<String> choices = choices(type);
    for (Object constant : type.getEnumConstants()) {
      if (written((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "it takes one of " + String.join(", ", choices) + ", not `" + text + "`");
  }

  /// The values of an enum as a playbook writes them, `toString` in lower case.
  static List<String> choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> written((Enum<?>) c)).toList();
  }

  private static String written(Enum<?> constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }

  /// A value for an error: short values as they are, larger ones by kind.
  private static String describe(Object value) {
    return switch (value) {
      case Map<?, ?> map -> "a mapping";
      case List<?> list -> "a list";
      case String text when text.length() <= 40 -> "`" + text + "`";
      case String text -> "a text of " + text.length() + " characters";
      default -> "`" + value + "`";
    };
  }
}
