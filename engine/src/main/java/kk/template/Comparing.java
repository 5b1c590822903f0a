package kk.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Equality and order as Python sees them: `1 == 1.0`, `1 == true`, but `1 != '1'`.
final class Comparing {
  private Comparing() {}

  static boolean equal(@Nullable Object left, @Nullable Object right) {
    Object a = Values.normal(Undefined.refuse(left));
    Object b = Values.normal(Undefined.refuse(right));
    if (a == null || b == null) {
      return a == b;
    }
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return numbers(a, b) == 0;
    }
    if (a instanceof List<?> one && b instanceof List<?> other) {
      return (a instanceof Tuple) == (b instanceof Tuple) && equalLists(one, other);
    }
    if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> other) {
      return equalMaps(one, other);
    }
    return Objects.equals(a, b);
  }

  private static boolean equalLists(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> other = b.iterator();
    for (Object item : a) {
      if (!equal(item, other.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Object key : a.keySet()) {
      if (!b.containsKey(key) || !equal(a.get(key), b.get(key))) {
        return false;
      }
    }
    return true;
  }

  /// Below, at or above zero, as a comparator says.
  static int order(@Nullable Object left, @Nullable Object right) {
    Object a = Values.normal(Undefined.refuse(left));
    Object b = Values.normal(Undefined.refuse(right));
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return numbers(Objects.requireNonNull(a), Objects.requireNonNull(b));
    }
    if (a instanceof String one && b instanceof String other) {
      return text(one, other);
    }
    if (a instanceof List<?> one && b instanceof List<?> other) {
      return lists(one, other);
    }
    throw Refusal.because(
        "a value of type `"
            + Values.typeName(a)
            + "` can't be ordered against one of type `"
            + Values.typeName(b)
            + "`");
  }

  /// The order of [#order] for sorting.
  static Comparator<@Nullable Object> ordering() {
    return Comparing::order;
  }

  private static int text(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return Integer.compare(a.codePointAt(i), b.codePointAt(i));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int lists(List<?> a, List<?> b) {
    Iterator<?> other = b.iterator();
    for (Object item : a) {
      if (!other.hasNext()) {
        return 1;
      }
      Object with = other.next();
      if (!equal(item, with)) {
        return order(item, with);
      }
    }
    return other.hasNext() ? -1 : 0;
  }

  private static int numbers(Object a, Object b) {
    if (a instanceof Long one && b instanceof Long other) {
      return Long.compare(one, other);
    }
    if (Numbers.isWhole(a) && Numbers.isWhole(b)) {
      return Numbers.big(a).compareTo(Numbers.big(b));
    }
    double one = Numbers.fraction(a);
    double other = Numbers.fraction(b);
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return 1;
    }
    if (Double.isInfinite(one) || Double.isInfinite(other) || one != other) {
      return Double.compare(one, other);
    }
    return exact(a).compareTo(exact(b));
  }

  private static BigDecimal exact(Object number) {
    return switch (number) {
      case Double value -> new BigDecimal(value);
      case BigInteger value -> new BigDecimal(value);
      default -> new BigDecimal(Numbers.big(number));
    };
  }

  /// Python's `item in container`.
  static boolean contains(@Nullable Object container, @Nullable Object item) {
    Object wanted = Undefined.refuse(item);
    return switch (container) {
      case Undefined undefined -> throw undefined.failure();
      case String text -> {
        if (wanted instanceof String part) {
          yield text.contains(part);
        }
        throw Refusal.because(
            "only a string can be in a string, not a value of type `"
                + Values.typeName(wanted)
                + "`");
      }
      case Map<?, ?> map -> map.containsKey(wanted);
      case List<?> list -> indexOf(list, wanted) >= 0;
      case null, default ->
          throw Refusal.because(
              "nothing can be in a value of type `" + Values.typeName(container) + "`");
    };
  }

  /// Where the item is in the list, or -1.
  static int indexOf(List<?> list, @Nullable Object item) {
    int index = 0;
    for (Object candidate : list) {
      if (equal(candidate, item)) {
        return index;
      }
      index++;
    }
    return -1;
  }
}
