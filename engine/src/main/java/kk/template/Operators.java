package kk.template;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the signs between two values do.
final class Operators {
  private static final int LONGEST = 64 << 20;

  private Operators() {}

  static @Nullable Object apply(
      Node.Operator operator, @Nullable Object left, @Nullable Object right) {
    if (left != null && right != null && operator != Node.Operator.CONCATENATE) {
      if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
        return Numbers.compute(operator, left, right);
      }
    }
    if (operator == Node.Operator.SUBTRACT
        && left instanceof Moment(LocalDateTime later)
        && right instanceof Moment(LocalDateTime earlier)) {
      return new Moment.Difference(Duration.between(earlier, later));
    }
    return switch (operator) {
      case ADD -> add(left, right);
      case MULTIPLY -> multiply(left, right);
      case REMAINDER -> {
        if (left instanceof String format) {
          yield PercentFormat.apply(format, right);
        }
        throw unfit(operator, left, right);
      }
      case CONCATENATE -> Printing.text(left) + Printing.text(right);
      case SUBTRACT, DIVIDE, FLOOR_DIVIDE, POWER -> throw unfit(operator, left, right);
    };
  }

  private static Object add(@Nullable Object left, @Nullable Object right) {
    if (left instanceof String a && right instanceof String b) {
      return a + b;
    }
    if (left instanceof List<?> a
        && right instanceof List<?> b
        && (left instanceof Tuple) == (right instanceof Tuple)) {
      List<@Nullable Object> both = new ArrayList<>(a);
      both.addAll(b);
      return left instanceof Tuple ? new Tuple(both.toArray()) : both;
    }
    throw unfit(Node.Operator.ADD, left, right);
  }

  private static Object multiply(@Nullable Object left, @Nullable Object right) {
    if (Numbers.isWhole(left) && (right instanceof String || right instanceof List<?>)) {
      return multiply(right, left);
    }
    if (right != null && Numbers.isWhole(right)) {
      int times = Numbers.big(right).min(java.math.BigInteger.valueOf(LONGEST + 1L)).intValue();
      int wanted = Math.max(0, times);
      if (left instanceof String text) {
        limit((long) text.length() * wanted);
        return text.repeat(wanted);
      }
      if (left instanceof List<?> list) {
        limit((long) list.size() * wanted);
        List<@Nullable Object> many = new ArrayList<>(list.size() * wanted);
        for (int i = 0; i < wanted; i++) {
          many.addAll(list);
        }
        return left instanceof Tuple ? new Tuple(many.toArray()) : many;
      }
    }
    throw unfit(Node.Operator.MULTIPLY, left, right);
  }

  private static void limit(long size) {
    if (size > LONGEST) {
      throw Refusal.because("the result of `*` is too large");
    }
  }

  private static Refusal unfit(
      Node.Operator operator, @Nullable Object left, @Nullable Object right) {
    String hint =
        operator == Node.Operator.ADD && (left instanceof String || right instanceof String)
            ? "; `~` joins anything as text"
            : "";
    return Refusal.because(
        "`"
            + operator.sign
            + "` does not work between values of type `"
            + Values.typeName(left)
            + "` and `"
            + Values.typeName(right)
            + "`"
            + hint);
  }

  static boolean holds(Node.Relation relation, @Nullable Object left, @Nullable Object right) {
    return switch (relation) {
      case EQUAL -> Comparing.equal(left, right);
      case UNEQUAL -> !Comparing.equal(left, right);
      case LESS -> Comparing.order(left, right) < 0;
      case LESS_OR_EQUAL -> Comparing.order(left, right) <= 0;
      case GREATER -> Comparing.order(left, right) > 0;
      case GREATER_OR_EQUAL -> Comparing.order(left, right) >= 0;
      case IN -> Comparing.contains(right, left);
      case NOT_IN -> !Comparing.contains(right, left);
    };
  }
}
