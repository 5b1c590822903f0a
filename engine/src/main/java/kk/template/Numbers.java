package kk.template;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Arithmetic as Python does it: whole numbers of any size, `/` always a fraction, remainders with
/// the sign of the divisor.
final class Numbers {
  private static final int LARGEST_POWER_BITS = 1 << 20;

  private Numbers() {}

  /// The small form of a whole number, when it has one.
  static Number normal(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }

  static boolean isWhole(@Nullable Object value) {
    return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
  }

  static boolean isNumber(@Nullable Object value) {
    return isWhole(value) || value instanceof Double;
  }

  static BigInteger big(Object whole) {
    return switch (whole) {
      case Boolean flag -> flag ? BigInteger.ONE : BigInteger.ZERO;
      case BigInteger number -> number;
      case Number number -> BigInteger.valueOf(number.longValue());
      default -> throw new IllegalArgumentException("not a whole number");
    };
  }

  static double fraction(Object number) {
    return switch (number) {
      case Boolean flag -> flag ? 1 : 0;
      case Number value -> value.doubleValue();
      default -> throw new IllegalArgumentException("not a number");
    };
  }

  /// Both sides must be numbers.
  static Object compute(Node.Operator operator, Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      Object quick = quick(operator, a, b);
      if (quick != null) {
        return quick;
      }
    }
    return isWhole(left) && isWhole(right)
        ? whole(operator, big(left), big(right))
        : fraction(operator, fraction(left), fraction(right));
  }

  private static @Nullable Object quick(Node.Operator operator, long a, long b) {
    return switch (operator) {
      case ADD -> {
        long sum = a + b;
        yield ((a ^ sum) & (b ^ sum)) < 0 ? null : (Object) sum;
      }
      case SUBTRACT -> {
        long difference = a - b;
        yield ((a ^ b) & (a ^ difference)) < 0 ? null : (Object) difference;
      }
      case FLOOR_DIVIDE -> b == 0 || b == -1 ? null : (Object) Math.floorDiv(a, b);
      case REMAINDER -> b == 0 ? null : (Object) Math.floorMod(a, b);
      case MULTIPLY, DIVIDE, POWER, CONCATENATE -> null;
    };
  }

  private static Object whole(Node.Operator operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case ADD -> normal(a.add(b));
      case SUBTRACT -> normal(a.subtract(b));
      case MULTIPLY -> normal(a.multiply(b));
      case DIVIDE -> fraction(operator, a.doubleValue(), b.doubleValue());
      case FLOOR_DIVIDE -> {
        BigInteger[] parts = a.divideAndRemainder(notZero(b));
        boolean down = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        yield normal(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
      }
      case REMAINDER -> {
        BigInteger rest = a.remainder(notZero(b));
        yield normal(rest.signum() != 0 && rest.signum() != b.signum() ? rest.add(b) : rest);
      }
      case POWER -> power(a, b);
      case CONCATENATE -> throw new IllegalArgumentException("not arithmetic");
    };
  }

  private static Object power(BigInteger a, BigInteger b) {
    if (b.signum() < 0) {
      return fraction(Node.Operator.POWER, a.doubleValue(), b.doubleValue());
    }
    if (a.abs().bitLength() <= 1) {
      return normal(a.pow(b.testBit(0) ? 1 : b.signum() == 0 ? 0 : 2));
    }
    if (b.bitLength() > 31 || (long) a.bitLength() * b.intValueExact() > LARGEST_POWER_BITS) {
      throw Refusal.because("the power is too large");
    }
    return normal(a.pow(b.intValueExact()));
  }

  private static BigInteger notZero(BigInteger number) {
    if (number.signum() == 0) {
      throw Refusal.because("division by zero");
    }
    return number;
  }

  private static Object fraction(Node.Operator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / notZero(b);
      case FLOOR_DIVIDE -> Math.floor(a / notZero(b));
      case REMAINDER -> {
        double rest = a % notZero(b);
        yield rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
      }
      case POWER -> {
        if (a == 0 && b < 0) {
          throw Refusal.because("zero has no negative power");
        }
        yield Math.pow(a, b);
      }
      case CONCATENATE -> throw new IllegalArgumentException("not arithmetic");
    };
  }

  private static double notZero(double number) {
    if (number == 0) {
      throw Refusal.because("division by zero");
    }
    return number;
  }

  static Object negate(Object number) {
    return number instanceof Double value ? (Object) (-value) : normal(big(number).negate());
  }

  static Object absolute(Object number) {
    return number instanceof Double value ? (Object) Math.abs(value) : normal(big(number).abs());
  }

  /// A fraction cut to a whole number.
  static Number truncate(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw Refusal.because("`" + Printing.decimal(number) + "` is no whole number");
    }
    return Math.abs(number) < 9e18
        ? (Number) (long) number
        : normal(new java.math.BigDecimal(number).toBigInteger());
  }
}
