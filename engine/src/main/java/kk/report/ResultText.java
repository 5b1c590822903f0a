package kk.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import kk.run.TaskResult;
import kk.template.Json;

/// A task's result as Ansible prints it: JSON in Python's spelling, keys in order.
record ResultText(int verbosity) {
  private static final Set<String> SAID_BY_DEBUG = Set.of("msg", "exception", "warnings");
  private static final Set<String> NOT_SAID_BY_DEBUG =
      Set.of("changed", "failed", "skipped", "invocation", "skip_reason");
  private static final String CENSORED =
      "the output has been hidden due to the fact that 'no_log: true' was specified for this result";

  String of(String module, TaskResult result) {
    boolean spread = isAlwaysShown(result) || verbosity > 2;
    return json(spread ? 4 : -1).write(toldInFull(module, result));
  }

  /// A mapping on one line, as custom statistics are shown.
  static String oneLine(Map<String, Object> figures) {
    return json(1).write(figures).replace("\n", "");
  }

  /// Whether a result is shown even without `-v`.
  boolean isAlwaysShown(TaskResult result) {
    return !result.skipped() && result.report().tells();
  }

  private static Json json(int indent) {
    return new Json(indent, true, false, indent < 0 ? ", " : ",", ": ");
  }

  /// With what the module was called is told only to those who want to know much.
  private Map<String, Object> toldInFull(String module, TaskResult result) {
    Map<String, Object> told = told(module, result);
    if (verbosity > 2 && !result.report().hidden()) {
      result.report().invocation().ifPresent(call -> told.put("invocation", call.told()));
    }
    return told;
  }

  private static Map<String, Object> told(String module, TaskResult result) {
    Map<String, Object> told = new LinkedHashMap<>();
    if (result.report().hidden()) {
      told.put("censored", CENSORED);
      told.put("changed", result.values().getOrDefault("changed", false));
      return told;
    }
    result
        .values()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("_ansible_")) {
                told.put(name, value);
              }
            });
    if (Boolean.FALSE.equals(told.get("failed")) && !told.containsKey("failed_when_result")) {
      told.remove("failed");
    }
    if (result.status() == TaskResult.Status.FAILED && !told.containsKey("failed_when_result")) {
      told.remove("failed");
    }
    if (module.equals("debug") && told.containsKey("msg")) {
      told.keySet().retainAll(SAID_BY_DEBUG);
    } else if (module.equals("debug")) {
      told.keySet().removeAll(NOT_SAID_BY_DEBUG);
    }
    return told;
  }
}
