package kk.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kk.inventory.Host;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.Loop;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.problem.Problem;
import kk.source.Source;
import kk.source.Span;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.variables.VariableStore;

/// Does one task on one host: its conditions, its loop, its result under the registered name.
final class TaskRunner {
  private final Running running;
  private final ItemRunner items;

  TaskRunner(Running running) {
    this.running = running;
    this.items = new ItemRunner(running);
  }

  /// What became of a task, and which handlers it notifies: only a change does, of a loop as a
  /// whole.
  record Done(TaskResult result, List<String> notified) {}

  /// Does it.
  ///
  /// @param variables those of the host as they are now
  /// @param owners who gets the variables and the registered result: the host, or with `run_once`
  ///     all of the batch
  Done run(StepScope scope, Host host, HostVariables variables, List<Host> owners)
      throws InterruptedException {
    Step.Task task = (Step.Task) scope.unit().step();
    List<String> notified = new ArrayList<>();
    TaskResult result;
    try {
      result =
          task.loop().isPresent()
              ? loop(scope, task, task.loop().get(), host, variables, owners, notified)
              : single(scope, task, host, variables, owners, notified);
    } catch (EvaluationFailed e) {
      result = failedEvaluation(e.problem(), scope.evaluation(variables));
    }
    register(task, owners, result);
    return new Done(result, result.changed() ? notified : List.of());
  }

  private TaskResult single(
      StepScope scope,
      Step.Task task,
      Host host,
      HostVariables own,
      List<Host> owners,
      List<String> notified)
      throws InterruptedException {
    Optional<String> delegate = delegate(scope.evaluation(own));
    Settings settings =
        delegate.map(name -> delegated(scope.settings(), name)).orElse(scope.settings());
    HostVariables variables = delegate.map(name -> withDelegate(own, name)).orElse(own);
    Item item = new Item(running, scope.unit(), task, settings, host, variables, owners);
    Evaluation evaluation = item.evaluation();
    Optional<Expression> refused = evaluation.failingCondition(Keyword.WHEN);
    if (refused.isPresent()) {
      return skipped(refused.get(), evaluation);
    }
    TaskResult result = items.run(item);
    notified.addAll(evaluation.texts(Keyword.NOTIFY));
    return result;
  }

  /// Where a task is delegated to is settled once, before its conditions are: nowhere is an error.
  private static Optional<String> delegate(Evaluation evaluation) {
    Optional<String> delegate;
    try {
      delegate = evaluation.text(Keyword.DELEGATE_TO);
    } catch (EvaluationFailed e) {
      return Optional.empty(); // a condition may be there to prevent just that
    }
    if (delegate.filter(String::isBlank).isPresent()) {
      throw new EvaluationFailed(
          Problem.of(
              "wrong-value",
              evaluation.settings().find(Keyword.DELEGATE_TO).orElseThrow().at(),
              "`delegate_to` comes to nothing"));
    }
    return delegate;
  }

  /// The settings with the name of the host that `delegate_to` came to.
  private static Settings delegated(Settings settings, String name) {
    Map<Keyword, Settings.Setting> all = new EnumMap<>(settings.all());
    all.computeIfPresent(
        Keyword.DELEGATE_TO, (keyword, setting) -> new Settings.Setting(name, setting.at()));
    return new Settings(all);
  }

  /// The variables with those of the host that is delegated to: below `ansible_delegated_vars`, and
  /// its address where the own host has none that somebody wrote.
  private HostVariables withDelegate(HostVariables variables, String name) {
    Host target = running.host(name, new Span(new Source("delegate_to", ""), 0, 0, 0));
    HostVariables there = running.variables().view(target, VariableStore.Context.NONE);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("ansible_delegated_vars", Map.of(name, Objects.requireNonNull(there.get("vars"))));
    if (!variables.isGiven("ansible_host")) {
      told.put("ansible_host", there.get("ansible_host"));
    }
    return variables.with(Layer.data(Layer.ASSUMED, told));
  }

  private TaskResult loop(
      StepScope scope,
      Step.Task task,
      Loop loop,
      Host host,
      HostVariables before,
      List<Host> owners,
      List<String> notified)
      throws InterruptedException {
    HostVariables variables = before;
    long seen = running.variables().of(host).changes();
    List<?> list;
    try {
      list = LoopItems.of(loop, variables, running.templates());
    } catch (EvaluationFailed e) {
      Evaluation evaluation = scope.evaluation(variables);
      Optional<Expression> refused = evaluation.failingCondition(Keyword.WHEN);
      if (refused.isPresent()) {
        return skipped(refused.get(), evaluation);
      }
      throw e;
    }
    LoopControl control = LoopControl.of(scope.settings(), variables);
    List<TaskResult> results = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (running.variables().of(host).changes() != seen) { // an item has set a variable
        seen = running.variables().of(host).changes();
        variables = scope.variables(host);
      }
      HostVariables withItem = variables.with(Layer.data("the loop", control.variables(list, i)));
      control.pauseBefore(i);
      TaskResult result;
      try {
        result = single(scope, task, host, withItem, owners, notified);
      } catch (EvaluationFailed e) { // no later item is tried, and there are no results
        throw new EvaluationFailed(
            e.problem().note("at item " + (i + 1) + " of " + list.size() + " of the loop"));
      }
      Map<String, Object> values = new LinkedHashMap<>(result.values());
      values.put(control.variable(), list.get(i));
      values.put("ansible_loop_var", control.variable());
      result = result.with(values);
      HostVariables withResult = Item.withResult(task, withItem, result.values());
      try {
        labels.add(control.label(withResult, list.get(i)));
      } catch (EvaluationFailed e) { // the item has run all the same: its result stays
        labels.add(Evaluation.textOf(list.get(i)));
        Evaluation evaluation = scope.evaluation(withItem);
        if (result.status() != TaskResult.Status.UNREACHABLE) {
          result =
              result.failedBy(
                  e.problem(), told(e.problem()), evaluation.truth(Keyword.IGNORE_ERRORS));
        }
      }
      results.add(result);
      running
          .events()
          .accept(
              new RunEvent.ItemFinished(
                  host.name(), task.name(), task.call().module(), labels.getLast(), result));
      if (control.isOver(withResult, running.templates())) {
        break;
      }
    }
    return LoopResult.of(results, labels);
  }

  /// A problem as a result's `msg`.
  private String told(Problem problem) {
    return running.options().defaults().wording().apply(problem);
  }

  private TaskResult skipped(Expression condition, Evaluation evaluation) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("changed", false);
    values.put("skipped", true);
    values.put("skip_reason", "Conditional result was False");
    values.put("false_condition", condition.text());
    return new TaskResult(
        TaskResult.Status.SKIPPED,
        false,
        condition.text(),
        Optional.empty(),
        values,
        TaskResult.Report.hidden(hides(evaluation)),
        Duration.ZERO);
  }

  private boolean hides(Evaluation evaluation) {
    try {
      return evaluation
          .findTruth(Keyword.NO_LOG)
          .orElse(running.options().defaults().hidesResults());
    } catch (EvaluationFailed e) {
      return true;
    }
  }

  private TaskResult failedEvaluation(Problem problem, Evaluation evaluation) {
    boolean ignored;
    try {
      ignored = evaluation.truth(Keyword.IGNORE_ERRORS);
    } catch (EvaluationFailed e) {
      ignored = false;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("changed", false);
    values.put("failed", true);
    values.put("msg", told(problem));
    return new TaskResult(
        TaskResult.Status.FAILED,
        ignored,
        problem.title(),
        Optional.of(problem),
        values,
        TaskResult.Report.hidden(hides(evaluation)),
        Duration.ZERO);
  }

  private void register(Step.Task task, List<Host> owners, TaskResult result) {
    task.settings()
        .text(Keyword.REGISTER)
        .ifPresent(
            name ->
                owners.forEach(
                    owner -> running.variables().of(owner).register(name, result.values())));
  }
}
