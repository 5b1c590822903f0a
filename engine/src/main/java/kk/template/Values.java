package kk.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Python would say about a value: its truth, its type, what it iterates over.
final class Values {
  private Values() {}

  static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean flag -> flag;
      case String text -> !text.isEmpty();
      case Number number -> number.doubleValue() != 0;
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Undefined undefined -> {
        if (undefined.silent()) {
          yield false;
        }
        throw undefined.failure();
      }
      default -> true;
    };
  }

  static String typeName(@Nullable Object value) {
    return switch (value) {
      case null -> "NoneType";
      case Boolean flag -> "bool";
      case String text -> "str";
      case Double number -> "float";
      case Float number -> "float";
      case Number number -> "int";
      case Tuple tuple -> "tuple";
      case List<?> list -> "list";
      case Map<?, ?> map -> "dict";
      case Undefined undefined -> "Undefined";
      case Callable callable -> "builtin_function_or_method";
      default -> "object";
    };
  }

  /// A number of any Java type as one of the three we compute with.
  static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Byte number -> number.longValue();
      case Float number -> number.doubleValue();
      case BigInteger number -> Numbers.normal(number);
      default -> value;
    };
  }

  static boolean isIterable(@Nullable Object value) {
    return value instanceof String || value instanceof List<?> || value instanceof Map<?, ?>;
  }

  /// What a loop over the value sees: characters of a string, keys of a map.
  static List<@Nullable Object> items(@Nullable Object value) {
    List<@Nullable Object> items = new ArrayList<>();
    switch (value) {
      case List<?> list -> list.forEach(item -> items.add(normal(item)));
      case Map<?, ?> map -> map.keySet().forEach(key -> items.add(normal(key)));
      case String text ->
          text.codePoints().forEach(character -> items.add(Character.toString(character)));
      case Undefined undefined -> throw undefined.failure();
      case null, default ->
          throw Refusal.because(
              "a value of type `" + typeName(value) + "` has no items to go through");
    }
    return items;
  }

  /// A list that is in no use elsewhere, with the items of another.
  static List<@Nullable Object> copy(List<? extends @Nullable Object> list) {
    return new ArrayList<>(list);
  }
}
