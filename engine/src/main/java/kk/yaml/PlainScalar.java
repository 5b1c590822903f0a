package kk.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a scalar without quotes means. Booleans are those of YAML 1.1, as playbooks use them. A
/// number is one only if it would be written the same again: `0644`, `2.10` and `0123` stay text
/// and lose nothing.
final class PlainScalar {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+\\.[0-9]+");

  private PlainScalar() {}

  static boolean isNull(String text) {
    return NULL.contains(text);
  }

  static @Nullable Object value(YamlNode.Scalar scalar, YamlNode.TextReader reader) {
    String text = scalar.text();
    if (isNull(text)) {
      return null;
    }
    Optional<Boolean> truth = bool(text);
    if (truth.isPresent()) {
      return truth.get();
    }
    if (INTEGER.matcher(text).matches()) {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
    if (DECIMAL.matcher(text).matches() && Double.toString(Double.parseDouble(text)).equals(text)) {
      return Double.valueOf(text);
    }
    return reader.read(text, scalar.textAt(), scalar.indent());
  }

  /// True or false for the words that YAML 1.1 knows, in lower case, upper case or capitalised.
  static Optional<Boolean> bool(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean wellWritten =
        text.equals(lower)
            || text.equals(text.toUpperCase(Locale.ROOT))
            || text.substring(1).equals(lower.substring(1));
    if (!wellWritten) {
      return Optional.empty();
    }
    return TRUE.contains(lower)
        ? Optional.of(true)
        : FALSE.contains(lower) ? Optional.of(false) : Optional.empty();
  }
}
