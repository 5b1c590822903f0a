package kk.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Has a task's module called once, or until it is content.
final class ItemRunner {
  private static final long DEFAULT_RETRIES = 3;
  private static final double DEFAULT_DELAY = 5;

  private final Running running;
  private final ModuleCaller caller;
  private final RunChanges changes;

  ItemRunner(Running running) {
    this.running = running;
    this.caller = new ModuleCaller(running);
    this.changes = new RunChanges(running);
  }

  TaskResult run(Item item) throws InterruptedException {
    Evaluation evaluation = item.evaluation();
    boolean repeats = evaluation.isSet(Keyword.UNTIL) || evaluation.isSet(Keyword.RETRIES);
    if (!repeats) {
      return attempt(item, OptionalLong.empty());
    }
    long retries = evaluation.number(Keyword.RETRIES).map(Math::round).orElse(DEFAULT_RETRIES);
    for (long attempt = 1; ; attempt++) {
      TaskResult result = attempt(item, OptionalLong.of(attempt));
      if (result.status() == TaskResult.Status.UNREACHABLE || isContent(item, result)) {
        return result;
      }
      if (attempt > retries) {
        return exhausted(result, retries, evaluation);
      }
      running
          .events()
          .accept(
              new RunEvent.Retrying(item.host().name(), item.task().name(), retries - attempt + 1));
      Thread.sleep(delay(evaluation));
    }
  }

  private static Duration delay(Evaluation evaluation) {
    double seconds = evaluation.number(Keyword.DELAY).filter(d -> d >= 0).orElse(DEFAULT_DELAY);
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static boolean isContent(Item item, TaskResult result) {
    return item.settings().find(Keyword.UNTIL).isEmpty()
        ? result.status() != TaskResult.Status.FAILED
        : item.evaluation(result.inFull()).holds(Keyword.UNTIL);
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

  private TaskResult attempt(Item item, OptionalLong attempt) throws InterruptedException {
    Instant started = Instant.now();
    Evaluation evaluation = item.evaluation();
    boolean hidden =
        evaluation.findTruth(Keyword.NO_LOG).orElse(running.options().defaults().hidesResults());
    Optional<String> delegate = evaluation.text(Keyword.DELEGATE_TO);
    RemoteHost remote = new Destination(running).of(item.unit(), evaluation, item.host(), delegate);
    try {
      ModuleCaller.Called called = caller.call(item.task(), evaluation, remote);
      boolean changed = keep(item, called.outcome(), evaluation, delegate);
      return new Judgement(item, remote, called, changed, attempt)
          .asking()
          .result(hidden, delegate, started);
    } catch (UnreachableException e) {
      return unreachable(String.valueOf(e.getMessage()), evaluation, hidden, delegate, started);
    }
  }

  /// Keeps what a module has found out, does what it asks of the run, and tells whether it has
  /// changed something.
  private boolean keep(
      Item item, Outcome outcome, Evaluation evaluation, Optional<String> delegate) {
    List<Host> keepers =
        delegate.isPresent() && evaluation.truth(Keyword.DELEGATE_FACTS)
            ? List.of(running.host(delegate.get(), item.task().at()))
            : item.owners();
    outcome.details().variables().ifPresent(found -> keep(item, found, keepers));
    boolean changed =
        outcome
            .details()
            .runChange()
            .map(change -> changes.make(change, item.host(), item.task().at()))
            .orElse(outcome instanceof Outcome.Changed);
    return changed || Boolean.TRUE.equals(outcome.details().values().get("changed"));
  }

  /// What comes with an item of a lookup stays the text that it is: lookups read from anywhere.
  private void keep(Item item, NewVariables found, List<Host> keepers) {
    ReservedNames.refuse(found, item.task().call().at());
    for (Host keeper : keepers) {
      running.variables().of(keeper).store(found);
      if (!item.isFromLookup()) {
        running.variables().keepTemplates(keeper, found);
      }
    }
  }

  private static TaskResult unreachable(
      String why,
      Evaluation evaluation,
      boolean hidden,
      Optional<String> delegate,
      Instant started) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("changed", false);
    values.put("unreachable", true);
    values.put("msg", why);
    return new TaskResult(
        TaskResult.Status.UNREACHABLE,
        evaluation.truth(Keyword.IGNORE_UNREACHABLE),
        why,
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
