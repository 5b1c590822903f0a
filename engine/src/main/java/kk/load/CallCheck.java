package kk.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.bind.Argument;
import kk.bind.ArgumentBinder;
import kk.bind.ArgumentSchema;
import kk.bind.BindingFailed;
import kk.playbook.ModuleCall;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import org.jspecify.annotations.Nullable;

/// What is wrong with the call of a module, as far as it shows without rendering anything.
final class CallCheck {
  private final Problems problems;

  CallCheck(Problems problems) {
    this.problems = problems;
  }

  /// @param complete whether all arguments are here: nothing else, such as `module_defaults` or a
  ///     template of a mapping, adds to them
  void check(ModuleCall call, ArgumentSchema<?> schema, boolean complete) {
    List<Problem> found = new ArrayList<>();
    call.arguments()
        .forEach((name, given) -> checkArgument(call.module(), schema, name, given, found));
    if (complete) {
      checkPresence(call, schema, found);
    }
    if (complete && found.isEmpty() && !hasTemplate(call)) {
      checkTogether(call, schema, found);
    }
    problems.addAll(found);
  }

  private static void checkArgument(
      String module,
      ArgumentSchema<?> schema,
      String name,
      ModuleCall.Argument given,
      List<Problem> found) {
    Optional<Argument> argument = schema.find(name);
    if (argument.isEmpty() && !schema.takesOthers() && !Template.isIn(name)) {
      found.add(
          Problem.of(
                  "unknown-argument",
                  given.at(),
                  "module `" + module + "` has no argument `" + name + "`")
              .note("it takes: " + String.join(", ", schema.names()))
              .suggest(name, allNames(schema)));
    }
    if (argument.isPresent() && !hasTemplate(given.value())) {
      ArgumentBinder.check(argument.get(), given.unevaluated())
          .ifPresent(
              wrong ->
                  found.add(Problem.of("wrong-argument", given.at(), "`" + name + "`: " + wrong)));
    }
  }

  private static void checkPresence(
      ModuleCall call, ArgumentSchema<?> schema, List<Problem> found) {
    Set<String> given = call.arguments().keySet();
    for (Argument argument : schema.arguments()) {
      if (argument.required() && !schema.isAmong(given, argument.name())) {
        found.add(
            Problem.of(
                    "missing-argument",
                    call.at(),
                    "module `" + call.module() + "` needs the argument `" + argument.name() + "`")
                .note("`" + argument.name() + "`: " + argument.doc()));
      }
    }
    if (schema.lacksOneOf(given)) {
      found.add(
          Problem.of(
              "missing-argument",
              call.at(),
              "module `"
                  + call.module()
                  + "` needs one of the arguments "
                  + String.join(", ", schema.oneOf())));
    }
  }

  /// Arguments that are right one by one may not go together.
  private static void checkTogether(
      ModuleCall call, ArgumentSchema<?> schema, List<Problem> found) {
    Map<String, Object> given = new HashMap<>();
    call.arguments().forEach((name, argument) -> given.put(name, argument.unevaluated()));
    try {
      ArgumentBinder.bind(schema, given);
    } catch (BindingFailed e) {
      found.add(
          Problem.of("wrong-argument", call.at(), "`" + call.module() + "`: " + e.getMessage()));
    }
  }

  private static List<String> allNames(ArgumentSchema<?> schema) {
    List<String> names = new ArrayList<>(schema.names());
    schema.arguments().forEach(argument -> names.addAll(argument.aliases()));
    return names;
  }

  private static boolean hasTemplate(ModuleCall call) {
    return call.arguments().entrySet().stream()
        .anyMatch(entry -> Template.isIn(entry.getKey()) || hasTemplate(entry.getValue().value()));
  }

  private static boolean hasTemplate(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Template template -> true;
      case Map<?, ?> map -> map.values().stream().anyMatch(CallCheck::hasTemplate);
      case List<?> list -> list.stream().anyMatch(CallCheck::hasTemplate);
      default -> false;
    };
  }
}
