package kk.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.bind.Argument;
import kk.bind.ArgumentSchema;
import kk.spi.Secret;
import org.jspecify.annotations.Nullable;

/// With what a module was called, for those who want to look it up in the result. Most never do, so
/// it is put into words only when somebody asks.
///
/// @param given rendered values by name or alias
public record Invocation(ArgumentSchema<?> schema, Map<String, Object> given) {
  /// Where a result tells it.
  static final String NAME = "invocation";

  private static final String FREE_FORM = "_raw_params";
  private static final Secret HIDDEN = new Secret("");

  /// All arguments by name: as given, or what holds where nothing is.
  public Map<String, Object> told() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (Argument argument : schema.arguments()) {
      if (!argument.takesOthers()) {
        add(argument, arguments);
      }
    }
    given.forEach(
        (name, value) -> {
          if (schema.find(name).isEmpty()) {
            arguments.put(name, value);
          }
        });
    return Map.of("module_args", arguments);
  }

  /// Adds an argument under its own name and the aliases that are given.
  private void add(Argument argument, Map<String, Object> into) {
    @Nullable Object value = argument.standard().map(text -> standard(argument, text)).orElse(null);
    List<String> names = new ArrayList<>(argument.aliases());
    names.retainAll(given.keySet());
    names.add(argument.freeForm() ? FREE_FORM : argument.name());
    if (given.containsKey(argument.name())) {
      value = given.get(argument.name());
    } else if (names.size() > 1) {
      value = given.get(names.getFirst());
    }
    for (String name : names) {
      into.put(name, value != null && argument.isConcealed() ? HIDDEN.toString() : value);
    }
  }

  private static Object standard(Argument argument, String text) {
    if (argument.type() == boolean.class) {
      return Boolean.valueOf(text);
    }
    return argument.type() == long.class || argument.type() == int.class
        ? Long.valueOf(text)
        : text;
  }
}
