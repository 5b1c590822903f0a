package kk.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.bind.ArgumentSchema;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.ModuleCall;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.template.EvaluationFailed;
import kk.template.Omit;
import kk.variables.HostVariables;
import org.jspecify.annotations.Nullable;

/// What a module is called with: what the task says, a template of a mapping beside it, and what
/// `module_defaults` around it say.
final class CallArguments {
  private CallArguments() {}

  /// The expressions in a call, which its module evaluates itself.
  static List<Expression> expressions(ModuleCall call) {
    List<Expression> found = new ArrayList<>();
    call.arguments().values().forEach(argument -> collect(argument.value(), found));
    return found;
  }

  private static void collect(@Nullable Object value, List<Expression> into) {
    if (value instanceof Expression expression) {
      into.add(expression);
    } else if (value instanceof List<?> list) {
      list.forEach(item -> collect(item, into));
    }
  }

  /// The arguments by name, templates rendered but for those that the module evaluates itself.
  static Map<String, Object> rendered(
      ArgumentSchema<?> schema, ModuleCall call, Evaluation evaluation) {
    HostVariables variables = evaluation.variables();
    Map<String, Object> arguments = new LinkedHashMap<>();
    call.arguments()
        .forEach(
            (name, argument) -> {
              Object value =
                  schema.isUnevaluated(name)
                      ? argument.unevaluated()
                      : variables.resolve(argument.value());
              if (value != Omit.OMIT) {
                arguments.put(shown(name, call, variables), value);
              }
            });
    standards(call, evaluation).forEach(arguments::putIfAbsent);
    call.given().ifPresent(template -> addGiven(template, variables, arguments));
    return arguments;
  }

  /// What `module_defaults` around the task says about its module, the nearest counting most.
  private static Map<String, Object> standards(ModuleCall call, Evaluation evaluation) {
    Map<String, Object> standards = new LinkedHashMap<>();
    for (Map<?, ?> defaults : evaluation.mappings(Keyword.MODULE_DEFAULTS)) {
      for (String prefix : List.of("ansible.builtin.", "ansible.legacy.", "")) {
        if (defaults.get(prefix + call.module()) instanceof Map<?, ?> own) {
          own.forEach((name, value) -> standards.put(String.valueOf(name), value));
        }
      }
    }
    return standards;
  }

  /// The call with the module that a template in place of its name comes to.
  static ModuleCall named(ModuleCall call, HostVariables variables) {
    if (!(Template.orText(call.module(), call.at(), 0) instanceof Template template)) {
      return call;
    }
    String name = String.valueOf(variables.resolve(template));
    return new ModuleCall(
        name.replaceFirst("^ansible\\.(builtin|legacy)\\.", ""),
        call.at(),
        call.arguments(),
        call.given());
  }

  /// A name may be a template where names are up to the user: `set_fact`.
  private static String shown(String name, ModuleCall call, HostVariables variables) {
    Object written = Template.orText(name, call.at(), 0);
    return written instanceof Template ? String.valueOf(variables.resolve(written)) : name;
  }

  private static void addGiven(
      Template given, HostVariables variables, Map<String, Object> arguments) {
    if (!(variables.resolve(given) instanceof Map<?, ?> map)) {
      throw new EvaluationFailed(
          Problem.of("wrong-argument", given.at(), "this doesn't come to a mapping of arguments"));
    }
    map.forEach((name, value) -> arguments.putIfAbsent(String.valueOf(name), value));
  }
}
