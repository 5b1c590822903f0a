package kk.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kk.bind.ArgumentBinder;
import kk.playbook.Keyword;
import kk.playbook.ModuleCall;
import kk.problem.Problem;
import kk.spi.Details;
import kk.spi.Outcome;
import kk.template.EvaluationFailed;

/// Makes a result of what a module came to: the task's own conditions, `changed_when` and
/// `failed_when`, have the last word on it.
final class Judgement {
  private final Item item;
  private final RemoteHost remote;
  private final Outcome outcome;
  private final Map<String, Object> values;
  private boolean changed;
  private boolean failed;
  private String why;
  private Optional<Problem> problem;

  /// Begins with the module's own opinion.
  ///
  /// @param changed whether something was changed
  /// @param attempt which one of several it was
  Judgement(
      Item item,
      RemoteHost remote,
      ModuleCaller.Called called,
      boolean changed,
      OptionalLong attempt) {
    this.item = item;
    this.remote = remote;
    this.outcome = called.outcome();
    this.changed = changed;
    this.failed = outcome instanceof Outcome.Failed;
    this.why =
        switch (outcome) {
          case Outcome.Failed(String reason, Details d) -> reason;
          case Outcome.Skipped(String reason, Details d) -> reason;
          case Outcome.Changed c -> "";
          case Outcome.Unchanged u -> "";
        };
    this.problem = called.problem().or(this::refutedCondition);
    this.values = new LinkedHashMap<>(outcome.details().values());
    values.put("changed", changed);
    values.put("failed", failed);
    if (isSkipped()) {
      values.put("skipped", true);
    }
    if (remote.way() instanceof Way.Background background) {
      background.left().ifPresent(this::addJob);
    }
    if (!why.isEmpty()) {
      values.putIfAbsent("msg", why);
    }
    attempt.ifPresent(number -> values.put("attempts", number));
  }

  private boolean isSkipped() {
    return outcome instanceof Outcome.Skipped;
  }

  private void addJob(Way.Background.Left left) {
    values.put("ansible_job_id", left.job().id());
    values.put("results_file", left.file());
    values.put("started", 1L);
    values.put("finished", left.finished() ? 1L : 0L);
  }

  /// Where a condition stands that the module found not to hold.
  private Optional<Problem> refutedCondition() {
    return remote
        .refuted()
        .filter(condition -> outcome instanceof Outcome.Failed)
        .map(c -> Problem.of("condition-failed", c.spanOf(0, c.text().length()), "it is false"));
  }

  /// Asks the task's conditions. What the module has done stays done when they can't be evaluated.
  Judgement asking() {
    if (isSkipped()) {
      return this;
    }
    Keyword asked = Keyword.CHANGED_WHEN;
    try {
      if (item.settings().find(asked).isPresent()) {
        changed = holds(asked);
        values.put("changed", changed);
      }
      asked = Keyword.FAILED_WHEN;
      if (item.settings().find(asked).isPresent()) {
        failed = holds(asked);
        values.put("failed", failed);
        values.put("failed_when_result", failed);
        why = failed ? (why.isEmpty() ? "`failed_when` holds" : why) : "";
      }
    } catch (EvaluationFailed e) {
      failed = true;
      problem = Optional.of(e.problem());
      why = e.problem().title();
      values.put("failed", true);
      values.put("msg", why);
      values.put(asked.written() + "_result", why);
    }
    return this;
  }

  private boolean holds(Keyword keyword) {
    Map<String, Object> seen = new LinkedHashMap<>(values);
    remote.invocation().ifPresent(invocation -> seen.put(Invocation.NAME, invocation.told()));
    return item.evaluation(seen).holds(keyword);
  }

  TaskResult result(boolean hidden, Optional<String> delegate, Instant started) {
    Details details = outcome.details();
    return new TaskResult(
        status(),
        failed && item.evaluation().truth(Keyword.IGNORE_ERRORS),
        why,
        problem,
        values,
        new TaskResult.Report(
            remote.actions(),
            details.diffs(),
            details.warnings(),
            hidden,
            delegate,
            message(),
            tells(),
            remote.invocation()),
        Duration.between(started, Instant.now()));
  }

  private TaskResult.Status status() {
    if (failed) {
      return TaskResult.Status.FAILED;
    }
    if (isSkipped()) {
      return TaskResult.Status.SKIPPED;
    }
    return changed ? TaskResult.Status.CHANGED : TaskResult.Status.OK;
  }

  /// Whether the task is there to say something: `debug`, and `assert` unless it is to be quiet.
  private boolean tells() {
    ModuleCall call = item.task().call();
    ModuleCall.Argument quiet = call.arguments().get("quiet");
    return switch (call.module()) {
      case "debug" -> true;
      case "assert" ->
          quiet == null
              || !ArgumentBinder.truth(item.variables().resolve(quiet.value())).orElse(false);
      default -> false;
    };
  }

  /// What `debug` has to say.
  private Optional<Object> message() {
    if (!item.task().call().module().equals("debug")) {
      return Optional.empty();
    }
    Map<String, Object> said = new LinkedHashMap<>(values);
    Object message = said.remove("msg");
    said.keySet().removeAll(List.of("changed", "failed"));
    return Optional.ofNullable(message)
        .or(() -> Optional.<Object>of(said).filter(s -> !said.isEmpty()));
  }
}
