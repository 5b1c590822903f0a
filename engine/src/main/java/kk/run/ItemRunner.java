package kk.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.ArgumentBinder;
import kk.inventory.Host;
import kk.inventory.HostPattern;
import kk.playbook.Keyword;
import kk.playbook.Loop;
import kk.playbook.ModuleCall;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.problem.Problem;
import kk.source.Span;
import kk.spi.Details;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import kk.spi.RunChange;
import kk.spi.UnreachableException;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import kk.variables.Layer;
import org.jspecify.annotations.Nullable;

/// Has a task's module called once, or until it is content, and judges the outcome by
/// `changed_when`, `failed_when` and `until`.
final class ItemRunner {
  private static final long DEFAULT_RETRIES = 3;
  private static final double DEFAULT_DELAY = 5;

  private final Running running;
  private final ModuleCaller caller;

  ItemRunner(Running running) {
    this.running = running;
    this.caller = new ModuleCaller(running);
  }

  TaskResult run(
      Unit unit,
      Step.Task task,
      Settings settings,
      Host host,
      HostVariables variables,
      List<Host> owners)
      throws InterruptedException {
    Evaluation evaluation = new Evaluation(settings, variables, running.templates());
    boolean repeats = evaluation.isSet(Keyword.UNTIL) || evaluation.isSet(Keyword.RETRIES);
    long retries =
        repeats ? evaluation.number(Keyword.RETRIES).map(Math::round).orElse(DEFAULT_RETRIES) : 0;
    for (long attempt = 1; ; attempt++) {
      TaskResult result = attempt(unit, task, settings, host, variables, owners, attempt, repeats);
      if (!repeats || result.status() == TaskResult.Status.UNREACHABLE) {
        return result;
      }
      if (isContent(task, settings, variables, result)) {
        return result;
      }
      if (attempt > retries) {
        return exhausted(result, retries, evaluation);
      }
      running
          .events()
          .accept(new RunEvent.Retrying(host.name(), task.name(), retries - attempt + 1));
      Thread.sleep(
          Duration.ofMillis(
              Math.round(
                  evaluation.number(Keyword.DELAY).filter(d -> d >= 0).orElse(DEFAULT_DELAY)
                      * 1000)));
    }
  }

  private boolean isContent(
      Step.Task task, Settings settings, HostVariables variables, TaskResult result) {
    if (settings.find(Keyword.UNTIL).isEmpty()) {
      return result.status() != TaskResult.Status.FAILED;
    }
    return new Evaluation(
            settings, withResult(task, variables, result.inFull()), running.templates())
        .holds(Keyword.UNTIL);
  }

  /// What a result counts as after the last try: a failure, unless `failed_when` has judged it.
  private static TaskResult exhausted(TaskResult result, long retries, Evaluation evaluation) {
    boolean judged = evaluation.isSet(Keyword.FAILED_WHEN);
    Map<String, Object> values = new LinkedHashMap<>(result.values());
    values.put("attempts", retries);
    if (judged) {
      return result.with(values);
    }
    values.put("failed", true);
    String why = result.why().isEmpty() ? "tried " + (retries + 1) + " times" : result.why();
    values.putIfAbsent("msg", why);
    return new TaskResult(
        TaskResult.Status.FAILED,
        evaluation.truth(Keyword.IGNORE_ERRORS),
        why,
        result.problem(),
        values,
        result.report(),
        result.took());
  }

  private TaskResult attempt(
      Unit unit,
      Step.Task task,
      Settings settings,
      Host host,
      HostVariables variables,
      List<Host> owners,
      long attempt,
      boolean counted)
      throws InterruptedException {
    Instant started = Instant.now();
    Evaluation evaluation = new Evaluation(settings, variables, running.templates());
    boolean hidden =
        evaluation.findTruth(Keyword.NO_LOG).orElse(running.options().defaults().hidesResults());
    Optional<String> delegate = evaluation.text(Keyword.DELEGATE_TO);
    RemoteHost remote = new Destination(running).of(unit, evaluation, host, delegate);
    ModuleCaller.Called called;
    try {
      called = caller.call(task, evaluation, remote);
    } catch (UnreachableException e) {
      return unreachable(e.getMessage(), evaluation, hidden, delegate, started);
    }
    return judged(
        task, settings, host, owners, variables, called, remote, attempt, counted, hidden, delegate,
        started);
  }

  /// What the outcome counts as, after the task's own conditions have been asked.
  private TaskResult judged(
      Step.Task task,
      Settings settings,
      Host host,
      List<Host> owners,
      HostVariables variables,
      ModuleCaller.Called called,
      RemoteHost remote,
      long attempt,
      boolean counted,
      boolean hidden,
      Optional<String> delegate,
      Instant started) {
    Evaluation evaluation = new Evaluation(settings, variables, running.templates());
    Outcome outcome = called.outcome();
    Details details = outcome.details();
    List<Host> keepers =
        evaluation.truth(Keyword.DELEGATE_FACTS) && delegate.isPresent()
            ? List.of(running.host(delegate.get(), task.at()))
            : owners;
    details.variables().ifPresent(found -> ReservedNames.refuse(found, task.call().at()));
    details
        .variables()
        .ifPresent(found -> keepers.forEach(keeper -> keep(found, keeper, task.loop())));
    Optional<Boolean> runChanged =
        details.runChange().map(change -> apply(change, host, task.at()));
    boolean changed =
        runChanged.orElse(outcome instanceof Outcome.Changed)
            || Boolean.TRUE.equals(details.values().get("changed"));
    boolean failed = outcome instanceof Outcome.Failed;
    boolean skipped = outcome instanceof Outcome.Skipped;
    String why =
        switch (outcome) {
          case Outcome.Failed(String reason, Details d) -> reason;
          case Outcome.Skipped(String reason, Details d) -> reason;
          case Outcome.Changed c -> "";
          case Outcome.Unchanged u -> "";
        };
    Map<String, Object> values = new LinkedHashMap<>(details.values());
    values.put("changed", changed);
    values.put("failed", failed);
    if (skipped) {
      values.put("skipped", true);
    }
    if (remote.way() instanceof Way.Background background && background.left().isPresent()) {
      values.put("ansible_job_id", background.left().get().job().id());
      values.put("results_file", background.left().get().file());
      values.put("started", 1L);
      values.put("finished", background.left().get().finished() ? 1L : 0L);
    }
    if (!why.isEmpty()) {
      values.putIfAbsent("msg", why);
    }
    if (counted) {
      values.put("attempts", attempt);
    }
    Optional<Problem> problem =
        called
            .problem()
            .or(
                () ->
                    remote
                        .refuted()
                        .filter(condition -> outcome instanceof Outcome.Failed)
                        .map(
                            c ->
                                Problem.of(
                                    "condition-failed",
                                    c.spanOf(0, c.text().length()),
                                    "it is false")));
    Keyword judging = Keyword.CHANGED_WHEN;
    try {
      if (!skipped && settings.find(Keyword.CHANGED_WHEN).isPresent()) {
        changed = holds(settings, task, variables, values, remote, Keyword.CHANGED_WHEN);
        values.put("changed", changed);
      }
      judging = Keyword.FAILED_WHEN;
      if (!skipped && settings.find(Keyword.FAILED_WHEN).isPresent()) {
        failed = holds(settings, task, variables, values, remote, Keyword.FAILED_WHEN);
        values.put("failed", failed);
        values.put("failed_when_result", failed);
        why = failed ? (why.isEmpty() ? "`failed_when` holds" : why) : "";
      }
    } catch (EvaluationFailed e) { // the module has run all the same: its result stays
      failed = true;
      problem = Optional.of(e.problem());
      why = e.problem().title();
      values.put("failed", true);
      values.put("msg", why);
      values.put(judging.written() + "_result", why);
    }
    TaskResult.Status status =
        failed
            ? TaskResult.Status.FAILED
            : skipped
                ? TaskResult.Status.SKIPPED
                : changed ? TaskResult.Status.CHANGED : TaskResult.Status.OK;
    return new TaskResult(
        status,
        failed && evaluation.truth(Keyword.IGNORE_ERRORS),
        why,
        problem,
        values,
        new TaskResult.Report(
            remote.actions(),
            details.diffs(),
            details.warnings(),
            hidden,
            delegate,
            message(task, values),
            tells(task, variables),
            remote.invocation()),
        Duration.between(started, Instant.now()));
  }

  /// Keeps variables for a host. What comes with an item of a lookup stays the text that it is, as
  /// lookups may read from anywhere.
  private void keep(NewVariables found, Host keeper, Optional<Loop> loop) {
    running.variables().of(keeper).store(found);
    if (loop.flatMap(Loop::lookup).isEmpty()) {
      running.variables().keepTemplates(keeper, found);
    }
  }

  /// Does what a module asks of the run, and tells whether that changed something.
  private boolean apply(RunChange change, Host host, Span at) {
    return switch (change) {
      case RunChange.NewHost(String name, List<String> groups, Map<String, Object> vars) ->
          running.variables().add(old -> old.withHost(new Host(name, at, vars), groups), name);
      case RunChange.Membership(String group, List<String> parents) ->
          running.variables().add(old -> old.withMember(host, group, parents), host.name());
      case RunChange.HostVariables(List<String> patterns, Map<String, Object> values) -> {
        List<Host> others = new HostPattern(running.variables().inventory()).select(patterns);
        if (others.isEmpty()) {
          throw new EvaluationFailed(
              Problem.of("wrong-argument", at, "no host is called like " + patterns));
        }
        others.forEach(other -> running.variables().of(other).complete(values));
        yield false;
      }
      case RunChange.Statistics noted -> {
        running.statistics().note(host.name(), noted);
        yield false;
      }
    };
  }

  /// Whether a task is there to say something: `debug`, and `assert` unless it is to be quiet.
  private static boolean tells(Step.Task task, HostVariables variables) {
    ModuleCall.Argument quiet = task.call().arguments().get("quiet");
    return switch (task.call().module()) {
      case "debug" -> true;
      case "assert" ->
          quiet == null || !ArgumentBinder.truth(variables.resolve(quiet.value())).orElse(false);
      default -> false;
    };
  }

  /// What `debug` has to say.
  private static Optional<Object> message(Step.Task task, Map<String, Object> values) {
    if (!task.call().module().equals("debug")) {
      return Optional.empty();
    }
    Map<String, Object> said = new LinkedHashMap<>(values);
    Object message = said.remove("msg");
    said.keySet().removeAll(List.of("changed", "failed"));
    return Optional.ofNullable(message)
        .or(() -> Optional.<Object>of(said).filter(s -> !said.isEmpty()));
  }

  private boolean holds(
      Settings settings,
      Step.Task task,
      HostVariables variables,
      Map<String, Object> values,
      RemoteHost remote,
      Keyword keyword) {
    Map<String, Object> seen = new LinkedHashMap<>(values);
    remote.invocation().ifPresent(invocation -> seen.put(Invocation.NAME, invocation.told()));
    return new Evaluation(settings, withResult(task, variables, seen), running.templates())
        .holds(keyword);
  }

  /// The variables with the result so far under the registered name.
  private static HostVariables withResult(
      Step.Task task, HostVariables variables, Map<String, Object> values) {
    Optional<String> name = task.settings().text(Keyword.REGISTER);
    return name.isPresent()
        ? variables.with(Layer.data("register", Map.of(name.get(), values)))
        : variables;
  }

  private static TaskResult unreachable(
      @Nullable String message,
      Evaluation evaluation,
      boolean hidden,
      Optional<String> delegate,
      Instant started) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("changed", false);
    values.put("unreachable", true);
    values.put("msg", String.valueOf(message));
    return new TaskResult(
        TaskResult.Status.UNREACHABLE,
        evaluation.truth(Keyword.IGNORE_UNREACHABLE),
        String.valueOf(message),
        Optional.empty(),
        values,
        new TaskResult.Report(
            List.of(),
            List.of(),
            List.of(),
            hidden,
            delegate,
            Optional.empty(),
            false,
            Optional.empty()),
        Duration.between(started, Instant.now()));
  }
}
