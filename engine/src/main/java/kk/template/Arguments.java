package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.problem.Similar;
import org.jspecify.annotations.Nullable;

/// The arguments of one call, matched with what the operation takes.
final class Arguments {
  private final Operation operation;
  private final Map<String, @Nullable Object> byName = new LinkedHashMap<>();
  private final List<@Nullable Object> more = new ArrayList<>();
  private final Map<String, @Nullable Object> other = new LinkedHashMap<>();
  private final Evaluator evaluator;

  private Arguments(Operation operation, Evaluator evaluator) {
    this.operation = operation;
    this.evaluator = evaluator;
  }

  static Arguments match(
      Operation operation,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named,
      Evaluator evaluator) {
    Arguments arguments = new Arguments(operation, evaluator);
    arguments.fill(positional, named);
    return arguments;
  }

  private void fill(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    Signature takes = operation.signature();
    for (int i = 0; i < positional.size(); i++) {
      if (i < takes.positional()) {
        byName.put(takes.names().get(i), positional.get(i));
      } else if (takes.takesMore()) {
        more.add(positional.get(i));
      } else {
        throw wrong("`" + operation.name() + "` got too many arguments");
      }
    }
    for (Map.Entry<String, @Nullable Object> entry : named.entrySet()) {
      name(entry.getKey(), entry.getValue(), takes);
    }
    for (String name : takes.names().subList(0, takes.required())) {
      if (!byName.containsKey(name)) {
        throw wrong("`" + operation.name() + "` needs the argument `" + name + "`");
      }
    }
  }

  private void name(String name, @Nullable Object value, Signature takes) {
    if (takes.names().contains(name)) {
      if (byName.containsKey(name) && takes.takesAnyName()) {
        other.put(name, value);
        return;
      }
      if (byName.containsKey(name)) {
        throw wrong("`" + operation.name() + "` got the argument `" + name + "` twice");
      }
      byName.put(name, value);
    } else if (takes.takesAnyName()) {
      other.put(name, value);
    } else {
      String near =
          Similar.to(name, takes.names()).map(n -> "; did you mean `" + n + "`?").orElse("");
      throw wrong("`" + operation.name() + "` has no argument `" + name + "`" + near);
    }
  }

  private Refusal wrong(String message) {
    return Refusal.arguments(message, operation.signature());
  }

  private Refusal wrongType(String name, String wanted, @Nullable Object value) {
    return wrong(
        "the argument `"
            + name
            + "` of `"
            + operation.name()
            + "` must be "
            + wanted
            + ", not `"
            + Values.typeName(value)
            + "`");
  }

  Evaluator evaluator() {
    return evaluator;
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /// The argument, or null when it was not given.
  @Nullable Object value(String name) {
    return byName.get(name);
  }

  @Nullable Object value(String name, @Nullable Object otherwise) {
    return byName.containsKey(name) ? byName.get(name) : otherwise;
  }

  /// The positional arguments behind the named ones.
  List<@Nullable Object> more() {
    return more;
  }

  /// The arguments with names that the operation doesn't list.
  Map<String, @Nullable Object> other() {
    return other;
  }

  String text(String name) {
    return Printing.text(byName.get(name));
  }

  String text(String name, String otherwise) {
    return byName.get(name) == null ? otherwise : text(name);
  }

  int integer(String name, int otherwise) {
    Object value = byName.get(name);
    return switch (value) {
      case null -> otherwise;
      case Long number -> Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Boolean flag -> flag ? 1 : 0;
      default -> throw wrongType(name, "a whole number", value);
    };
  }

  boolean flag(String name, boolean otherwise) {
    return byName.containsKey(name) ? Values.isTrue(byName.get(name)) : otherwise;
  }

  List<@Nullable Object> list(String name) {
    Object value = byName.get(name);
    if (value instanceof String || !(value instanceof Iterable<?> || value instanceof Map<?, ?>)) {
      throw wrongType(name, "a list", value);
    }
    return Values.items(value);
  }

  Map<?, ?> map(String name) {
    if (byName.get(name) instanceof Map<?, ?> map) {
      return map;
    }
    throw wrongType(name, "a map", byName.get(name));
  }
}
