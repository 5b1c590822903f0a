package kk.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.inventory.Host;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.Loop;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.problem.Problem;
import kk.template.EvaluationFailed;
import kk.template.Omit;
import kk.variables.HostVariables;
import kk.variables.Layer;
import org.jspecify.annotations.Nullable;

/// Does one task on one host: its conditions, its loop, its result under the registered name.
final class TaskRunner {
  private final Running running;
  private final ItemRunner items;

  TaskRunner(Running running) {
    this.running = running;
    this.items = new ItemRunner(running);
  }

  /// What became of a task, and which handlers it notifies.
  record Done(TaskResult result, List<String> notified) {}

  Done run(Unit unit, Host host, HostVariables variables, Map<String, Object> taskSettings)
      throws InterruptedException {
    Step.Task task = (Step.Task) unit.step();
    Settings settings = unit.context().effective(task.settings());
    List<String> notified = new ArrayList<>();
    TaskResult result;
    try {
      result =
          task.loop().isPresent()
              ? loop(unit, task, task.loop().get(), settings, host, variables, notified)
              : single(unit, task, settings, host, variables, notified);
    } catch (EvaluationFailed e) {
      result = failedEvaluation(e.problem(), settings, variables);
    }
    register(task, host, result);
    return new Done(result, notified);
  }

  private TaskResult single(
      Unit unit,
      Step.Task task,
      Settings settings,
      Host host,
      HostVariables variables,
      List<String> notified)
      throws InterruptedException {
    Evaluation evaluation = new Evaluation(settings, variables, running.templates());
    Optional<Expression> refused = evaluation.failingCondition(Keyword.WHEN);
    if (refused.isPresent()) {
      return skipped(refused.get(), evaluation);
    }
    TaskResult result = items.run(unit, task, settings, host, variables);
    if (result.changed()) {
      notified.addAll(evaluation.texts(Keyword.NOTIFY));
    }
    return result;
  }

  private TaskResult loop(
      Unit unit,
      Step.Task task,
      Loop loop,
      Settings settings,
      Host host,
      HostVariables variables,
      List<String> notified)
      throws InterruptedException {
    List<?> list;
    try {
      list = LoopItems.of(loop, variables, running.templates());
    } catch (EvaluationFailed e) {
      Evaluation evaluation = new Evaluation(settings, variables, running.templates());
      Optional<Expression> refused = evaluation.failingCondition(Keyword.WHEN);
      if (refused.isPresent()) {
        return skipped(refused.get(), evaluation);
      }
      throw e;
    }
    LoopControl control = LoopControl.of(settings, variables);
    List<TaskResult> results = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      HostVariables withItem = variables.with(Layer.data("the loop", control.variables(list, i)));
      control.pauseBefore(i);
      TaskResult result;
      try {
        result = single(unit, task, settings, host, withItem, notified);
      } catch (EvaluationFailed e) {
        result = failedEvaluation(e.problem(), settings, withItem);
      }
      Map<String, Object> values = new LinkedHashMap<>(result.values());
      values.put(control.variable(), list.get(i));
      values.put("ansible_loop_var", control.variable());
      result = withValues(result, values);
      results.add(result);
      running
          .events()
          .accept(
              new RunEvent.ItemFinished(
                  host.name(), task.name(), control.label(withItem, list.get(i)), result));
    }
    return joined(results);
  }

  private static TaskResult withValues(TaskResult result, Map<String, Object> values) {
    return new TaskResult(
        result.status(),
        result.ignored(),
        result.why(),
        result.problem(),
        values,
        result.report(),
        result.took());
  }

  /// The result of a whole loop.
  private static TaskResult joined(List<TaskResult> results) {
    boolean failed = results.stream().anyMatch(r -> r.status() == TaskResult.Status.FAILED);
    boolean ignored = failed && results.stream().noneMatch(TaskResult::failed);
    Optional<TaskResult> lost =
        results.stream().filter(r -> r.status() == TaskResult.Status.UNREACHABLE).findFirst();
    boolean changed = results.stream().anyMatch(TaskResult::changed);
    boolean skipped = results.stream().allMatch(TaskResult::skipped);
    TaskResult.Status status =
        lost.isPresent()
            ? TaskResult.Status.UNREACHABLE
            : failed
                ? TaskResult.Status.FAILED
                : skipped
                    ? TaskResult.Status.SKIPPED
                    : changed ? TaskResult.Status.CHANGED : TaskResult.Status.OK;
    String message =
        failed ? "One or more items failed" : skipped ? "All items skipped" : "All items completed";
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("results", results.stream().map(TaskResult::values).toList());
    values.put("changed", changed);
    values.put("failed", failed);
    if (skipped) {
      values.put("skipped", true);
    }
    values.put("msg", message);
    List<String> warnings = new ArrayList<>();
    List<String> actions = new ArrayList<>();
    results.forEach(r -> warnings.addAll(r.report().warnings()));
    results.forEach(r -> actions.addAll(r.report().actions()));
    Duration took = results.stream().map(TaskResult::took).reduce(Duration.ZERO, Duration::plus);
    boolean hidden = results.stream().anyMatch(r -> r.report().hidden());
    String why =
        results.isEmpty()
            ? "No items in the list"
            : failed || skipped || lost.isPresent() ? message : "";
    return new TaskResult(
        status,
        ignored || lost.map(TaskResult::ignored).orElse(false),
        lost.map(TaskResult::why).orElse(why),
        Optional.empty(),
        values,
        new TaskResult.Report(
            actions, List.of(), warnings, hidden, Optional.empty(), Optional.empty()),
        took);
  }

  private static TaskResult skipped(Expression condition, Evaluation evaluation) {
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

  private static boolean hides(Evaluation evaluation) {
    try {
      return evaluation.truth(Keyword.NO_LOG);
    } catch (EvaluationFailed e) {
      return true;
    }
  }

  private TaskResult failedEvaluation(Problem problem, Settings settings, HostVariables variables) {
    Evaluation evaluation = new Evaluation(settings, variables, running.templates());
    boolean ignored;
    try {
      ignored = evaluation.truth(Keyword.IGNORE_ERRORS);
    } catch (EvaluationFailed e) {
      ignored = false;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("changed", false);
    values.put("failed", true);
    values.put("msg", problem.title());
    return new TaskResult(
        TaskResult.Status.FAILED,
        ignored,
        problem.title(),
        Optional.of(problem),
        values,
        TaskResult.Report.hidden(hides(evaluation)),
        Duration.ZERO);
  }

  private void register(Step.Task task, Host host, TaskResult result) {
    task.settings()
        .text(Keyword.REGISTER)
        .ifPresent(name -> running.variables().of(host).register(name, result.values()));
  }

  /// A loop's control: names, label, pause.
  private record LoopControl(
      String variable,
      Optional<String> index,
      @Nullable Object label,
      double pause,
      boolean extended) {

    static LoopControl of(Settings settings, HostVariables variables) {
      Map<String, Object> written = settings.map(Keyword.LOOP_CONTROL);
      return new LoopControl(
          text(written, "loop_var", variables).orElse("item"),
          text(written, "index_var", variables),
          written.get("label"),
          text(written, "pause", variables).map(Double::valueOf).orElse(0.0),
          text(written, "extended", variables).map(t -> t.equalsIgnoreCase("true")).orElse(false));
    }

    private static Optional<String> text(
        Map<String, Object> written, String key, HostVariables variables) {
      return Optional.ofNullable(variables.resolve(written.get(key)))
          .filter(value -> value != Omit.OMIT)
          .map(String::valueOf);
    }

    Map<String, Object> variables(List<?> list, int at) {
      Map<String, Object> variables = new LinkedHashMap<>();
      variables.put(variable, list.get(at));
      variables.put("ansible_loop_var", variable);
      index.ifPresent(name -> variables.put(name, (long) at));
      index.ifPresent(name -> variables.put("ansible_index_var", name));
      if (extended) {
        variables.put("ansible_loop", extended(list, at));
      }
      return variables;
    }

    private static Map<String, Object> extended(List<?> list, int at) {
      long size = list.size();
      Map<String, Object> loop = new LinkedHashMap<>();
      loop.put("allitems", list);
      loop.put("index", at + 1L);
      loop.put("index0", (long) at);
      loop.put("first", at == 0);
      loop.put("last", at == size - 1);
      loop.put("length", size);
      loop.put("revindex", size - at);
      loop.put("revindex0", size - at - 1);
      if (at > 0) {
        loop.put("previtem", list.get(at - 1));
      }
      if (at < size - 1) {
        loop.put("nextitem", list.get(at + 1));
      }
      return loop;
    }

    void pauseBefore(int at) throws InterruptedException {
      if (at > 0 && pause > 0) {
        Thread.sleep(Duration.ofMillis(Math.round(pause * 1000)));
      }
    }

    String label(HostVariables variables, @Nullable Object item) {
      try {
        return Evaluation.textOf(label == null ? item : variables.resolve(label));
      } catch (EvaluationFailed e) {
        return Evaluation.textOf(item);
      }
    }
  }
}
