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

  /// An argument that has to be text.
  String text(String name) {
    return byName.get(name) instanceof String text ? text : notText(name);
  }

  private String notText(String name) {
    throw wrongType(name, "text", byName.get(name));
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  /// An argument of any type, as it looks inside text.
  String shown(String name) {
    return Printing.text(byName.get(name));
  }

  /// Like [#shown], but what counts as false is no text at all.
  String shownIfTrue(String name, String otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    return Values.isTrue(value(name)) ? shown(name) : "";
  }

  /// One of a few words.
  String oneOf(String name, String... words) {
    String word = text(name, words[0]);
    if (List.of(words).contains(word)) {
      return word;
    }
    throw wrong(
        "`"
            + name
            + "` of `"
            + operation.name()
            + "` must be one of "
            + String.join(", ", words)
            + ", not `"
            + word
            + "`");
  }

  /// An option of a lookup that is one of a few words.
  String optionOf(String name, String... words) {
    return byName.get(name) == null ? words[0] : oneOf(name, words);
  }

  /// An option of a lookup that is text: numbers are taken as they are written, lists are not.
  String option(String name, String otherwise) {
    Object value = byName.get(name);
    if (value instanceof Iterable<?> || value instanceof Map<?, ?>) {
      throw wrongType(name, "text", value);
    }
    return value == null ? otherwise : Printing.text(value);
  }

  /// An option of a lookup that is true or false, by Ansible's words for it.
  boolean optionFlag(String name, boolean otherwise) {
    Object value = byName.get(name);
    if (value instanceof Iterable<?> || value instanceof Map<?, ?>) {
      throw wrongType(name, "true or false", value);
    }
    return value == null ? otherwise : Boolean.TRUE.equals(BasicFilters.toBool(value));
  }

  int integer(String name, int otherwise) {
    return has(name) ? integer(name) : otherwise;
  }

  private int integer(String name) {
    Object value = byName.get(name);
    return switch (value) {
      case Long number -> Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Boolean flag -> flag ? 1 : 0;
      case null, default -> throw wrongType(name, "a whole number", value);
    };
  }

  boolean flag(String name, boolean otherwise) {
    return byName.containsKey(name) ? Values.isTrue(byName.get(name)) : otherwise;
  }

  /// A whole number that can't be lower than another.
  int integer(String name, int otherwise, int least) {
    int number = integer(name, otherwise);
    if (number < least) {
      throw wrong(
          "`"
              + name
              + "` of `"
              + operation.name()
              + "` must be at least "
              + least
              + ", not "
              + number);
    }
    return number;
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
