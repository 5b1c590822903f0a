package kk.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.Loop;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.variables.HostVariables;
import kk.variables.Layer;

/// What is done at one time on one host: a task, or a task with one item of its loop.
///
/// @param settings the task's keywords with those that it inherits
/// @param variables those of the host, with the item
/// @param owners who gets the variables that come of it
record Item(
    Running running,
    Unit unit,
    Step.Task task,
    Settings settings,
    Host host,
    HostVariables variables,
    List<Host> owners) {

  Evaluation evaluation() {
    return new Evaluation(settings, variables, running.templates());
  }

  /// The keywords' values with a result under the name that `register` gives.
  Evaluation evaluation(Map<String, Object> result) {
    return new Evaluation(settings, withResult(task, variables, result), running.templates());
  }

  /// The variables with a result under the name that the task's `register` gives.
  static HostVariables withResult(
      Step.Task task, HostVariables variables, Map<String, Object> result) {
    Optional<String> name = task.settings().text(Keyword.REGISTER);
    return name.isPresent()
        ? variables.with(Layer.data("register", Map.of(name.get(), result)))
        : variables;
  }

  /// Whether it is one of what a lookup has found, which may be from anywhere.
  boolean isFromLookup() {
    return task.loop().flatMap(Loop::lookup).isPresent();
  }
}
