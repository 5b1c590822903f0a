package kk.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values met so far, told apart as Python does. Texts and whole numbers, nearly all there ever
/// is, are found by hash.
final class Distinct {
  private final Set<Object> quick = new HashSet<>();
  private final List<@Nullable Object> others = new ArrayList<>();

  /// Adds a value; false when an equal one was there.
  boolean add(@Nullable Object value) {
    if (contains(value)) {
      return false;
    }
    if (isQuick(value)) {
      quick.add(quick(value));
    } else {
      others.add(value);
    }
    return true;
  }

  boolean contains(@Nullable Object value) {
    return isQuick(value) ? quick.contains(quick(value)) : Comparing.indexOf(others, value) >= 0;
  }

  private static boolean isQuick(@Nullable Object value) {
    return value instanceof String || Numbers.isNumber(value);
  }

  /// Equal numbers of different types hash alike.
  private static Object quick(@Nullable Object value) {
    return switch (value) {
      case Boolean flag -> flag ? 1L : 0L;
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          number.longValue();
      case null -> "";
      default -> value;
    };
  }
}
