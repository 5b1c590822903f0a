package kk.modules;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers with a unit, such as `2d` and `-10k`.
final class Quantity {
  private static final Pattern FORM = Pattern.compile("(-?\\d{1,15})([a-z]?)");
  private static final Map<String, Long> SECONDS =
      Map.of("", 1L, "s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L, "w", 604_800L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);

  private Quantity() {}

  /// Seconds.
  ///
  /// @throws IllegalArgumentException with a sentence for the user
  static long age(String text) {
    return parse(text, SECONDS, "is no age: write a number and one of s, m, h, d, w, such as 2d");
  }

  /// Bytes.
  ///
  /// @throws IllegalArgumentException with a sentence for the user
  static long size(String text) {
    return parse(text, BYTES, "is no size: write a number and one of b, k, m, g, t, such as 10k");
  }

  private static long parse(String text, Map<String, Long> units, String complaint) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      Long unit = units.get(matcher.group(2));
      if (unit != null) {
        return Long.parseLong(matcher.group(1)) * unit;
      }
    }
    throw new IllegalArgumentException("`" + text + "` " + complaint);
  }
}
