package kk.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.MetaAction;
import kk.playbook.Step;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;

/// Runs one play on one batch of hosts. Each host has a [HostCursor]; a strategy decides who moves
/// when.
///
/// - linear: everybody waits until the last one is at a step. Of all hosts the step that is
///   furthest behind goes first, on all hosts that are at it.
/// - free: each host goes through the play by itself.
final class PlayRunner {
  private final Running running;
  private final PlayPlan plan;
  private final List<Host> batch;
  private final Map<Host, HostCursor> cursors = new LinkedHashMap<>();
  private final TaskRunner tasks;
  private final IncludeRunner includes;

  /// Whose failure is on record; taking it back with a meta action must not bring it up again.
  private final Set<HostCursor> noted = ConcurrentHashMap.newKeySet();

  private boolean ended;
  private boolean runEnded;

  PlayRunner(Running running, PlayPlan plan, List<Host> batch) {
    this.running = running;
    this.plan = plan;
    this.batch = List.copyOf(batch);
    this.tasks = new TaskRunner(running);
    this.includes = new IncludeRunner(running, plan);
    for (Host host : batch) {
      cursors.put(
          host,
          new HostCursor(
              host, plan.steps(), plan.context(), plan.handlers(), plan.forcesHandlers()));
    }
  }

  /// Whether the play is over for its other batches too: `meta: end_play` or an error that counts
  /// for all.
  boolean ended() {
    return ended;
  }

  /// Whether no further play may start: too many hosts have failed.
  boolean runEnded() {
    return runEnded;
  }

  void run() throws InterruptedException {
    if (plan.isFree()) {
      List<Callable<Void>> walks = new ArrayList<>();
      for (HostCursor cursor : cursors.values()) {
        walks.add(
            () -> {
              runLinear(List.of(cursor));
              return null;
            });
      }
      inParallel(walks, Integer.MAX_VALUE);
    } else {
      runLinear(List.copyOf(cursors.values()));
    }
  }

  private void runLinear(List<HostCursor> together) throws InterruptedException {
    while (true) {
      List<HostCursor> ready =
          together.stream().filter(cursor -> cursor.peek().isPresent()).toList();
      together.forEach(this::noteFailure); // a block's end may have been a host's
      if (ready.isEmpty()) {
        return;
      }
      Unit lead =
          ready.stream()
              .map(PlayRunner::unit)
              .min(Comparator.comparing(Unit::position))
              .orElseThrow();
      List<HostCursor> group = ready.stream().filter(cursor -> isSame(unit(cursor), lead)).toList();
      step(lead, group);
    }
  }

  private static Unit unit(HostCursor cursor) {
    return cursor.peek().orElseThrow();
  }

  private static boolean isSame(Unit one, Unit other) {
    return one.step() == other.step() && one.position().equals(other.position());
  }

  private void step(Unit lead, List<HostCursor> group) throws InterruptedException {
    if (!isSelected(lead, group.getFirst().host())) {
      group.forEach(cursor -> cursor.done(false));
      return;
    }
    if (running.stop().isMade()) {
      throw new Stopped(lead.step().name());
    }
    try {
      switch (lead.step()) {
        case Step.Task task -> task(lead, task, group);
        case Step.Meta meta -> meta(lead, meta, group);
        case Step.IncludeTasks include -> include(lead, group);
        case Step.IncludeRole include -> include(lead, group);
        case Step.Block block -> throw new IllegalStateException("a block is opened by the cursor");
        case Step.UseRole use -> throw new IllegalStateException("a role is opened by the cursor");
      }
    } catch (InterruptedException e) {
      throw running.stop().isMade() ? new Stopped(lead.step().name()) : e;
    }
  }

  private boolean isSelected(Unit unit, Host host) {
    if (unit.handler() || unit.step() instanceof Step.Meta) {
      return true;
    }
    Evaluation evaluation =
        new Evaluation(
            unit.context().effective(unit.step().settings()),
            variables(unit, host),
            running.templates());
    boolean selected =
        new TagSelection(running.options().tags(), running.options().skipTags())
            .selects(evaluation.texts(Keyword.TAGS));
    return selected && plan.hasStarted(unit.step());
  }

  private void task(Unit unit, Step.Task task, List<HostCursor> group) throws InterruptedException {
    Evaluation first =
        new Evaluation(
            unit.context().effective(task.settings()),
            variables(unit, group.getFirst().host()),
            running.templates());
    boolean once = !plan.isFree() && isTrue(first, Keyword.RUN_ONCE);
    List<HostCursor> workers = once ? group.subList(0, 1) : group;
    running
        .events()
        .accept(
            new RunEvent.TaskStarted(
                shownName(task, first),
                unit.context().roleName(),
                unit.handler(),
                task.at(),
                workers.stream().map(cursor -> cursor.host().name()).toList()));
    List<Host> reachable =
        batch.stream().filter(host -> !running.unreachable().contains(host)).toList();
    int throttle = throttle(first);
    List<Callable<TaskRunner.Done>> calls = new ArrayList<>();
    for (HostCursor cursor : workers) {
      List<Host> owners = once ? reachable : List.of(cursor.host());
      calls.add(() -> runOn(cursor.host(), unit(cursor), task, owners));
    }
    List<TaskRunner.Done> results = inParallel(calls, throttle);
    for (int i = 0; i < results.size(); i++) {
      running.count(
          workers.get(i).host(), results.get(i).result(), workers.get(i).wouldBeRescued());
    }
    if (results.size() < workers.size()) {
      throw new Stopped(task.name());
    }
    for (int i = 0; i < group.size(); i++) {
      HostCursor cursor = group.get(i);
      TaskRunner.Done done = results.get(once ? 0 : i);
      if (!once || i == 0) {
        done.notified().forEach(name -> notifyHandlers(cursor, name, task));
      }
      settle(cursor, task, done);
    }
    spread(first, workers, results);
  }

  private TaskRunner.Done runOn(Host host, Unit unit, Step.Task task, List<Host> owners)
      throws InterruptedException {
    HostVariables variables = variables(unit, host);
    TaskRunner.Done done = tasks.run(unit, host, variables, owners);
    Evaluation evaluation =
        new Evaluation(unit.context().effective(task.settings()), variables, running.templates());
    running
        .events()
        .accept(
            new RunEvent.HostFinished(
                host.name(),
                shownName(task, evaluation),
                unit.context().roleName(),
                task.at(),
                done.result()));
    return done;
  }

  /// Moves a host on according to how its task ended.
  private void settle(HostCursor cursor, Step.Task task, TaskRunner.Done done) {
    TaskResult result = done.result();
    if (result.status() == TaskResult.Status.UNREACHABLE && !result.ignored()) {
      running.unreachable().add(cursor.host());
      cursor.stop();
    } else if (result.failed()) {
      if (cursor.wouldBeRescued()) {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("ansible_failed_result", result.values());
        failure.put(
            "ansible_failed_task", Map.of("name", task.name(), "action", task.call().module()));
        failure.forEach(
            (name, value) -> running.variables().of(cursor.host()).register(name, value));
      }
      cursor.fail();
      noteFailure(cursor);
    } else {
      cursor.done(!result.skipped());
    }
  }

  private void noteFailure(HostCursor cursor) {
    if (cursor.failed() && noted.add(cursor)) {
      running.failed().add(cursor.host());
    }
  }

  private void notifyHandlers(HostCursor cursor, String name, Step.Task task) {
    List<Integer> found = Handler.notifiedBy(name, plan.handlers());
    if (found.isEmpty()) {
      throw new ProblemsFound(
          Problem.of("unknown-handler", task.at(), "there is no handler `" + name + "`")
              .note("task \"" + task.name() + "\" notifies it")
              .suggest(name, plan.handlers().stream().flatMap(h -> h.names().stream()).toList()));
    }
    found.forEach(cursor::notifyHandler);
  }

  /// A failure may count for all hosts of the batch: each of the others fails where it stands, with
  /// its own rescue and always.
  private void spread(Evaluation first, List<HostCursor> workers, List<TaskRunner.Done> results) {
    Set<HostCursor> hit = new HashSet<>();
    for (int i = 0; i < results.size(); i++) {
      TaskResult result = results.get(i).result();
      boolean lost = result.status() == TaskResult.Status.UNREACHABLE && !result.ignored();
      if (result.failed() || lost) {
        hit.add(workers.get(i));
      }
    }
    boolean fatal =
        !hit.isEmpty()
            && (isTrue(first, Keyword.ANY_ERRORS_FATAL)
                || (isTrue(first, Keyword.RUN_ONCE) && !plan.isFree()));
    long failed = batch.stream().filter(running.failed()::contains).count();
    boolean tooMany =
        plan.maxFailPercentage().isPresent()
            && failed * 100.0 / batch.size() > plan.maxFailPercentage().get();
    if (fatal) {
      for (HostCursor cursor : cursors.values()) {
        if (!hit.contains(cursor) && !cursor.failed() && !cursor.stopped()) {
          cursor.fail();
          noteFailure(cursor);
        }
      }
    }
    if (tooMany || (fatal && cursors.values().stream().allMatch(c -> c.failed() || c.stopped()))) {
      ended = true;
      runEnded = true;
      cursors.values().stream().filter(c -> !c.failed()).forEach(HostCursor::stop);
    }
  }

  private void meta(Unit unit, Step.Meta meta, List<HostCursor> group) {
    List<HostCursor> concerned =
        HostCursor.isPerHost(meta.action()) ? group : List.copyOf(cursors.values());
    List<HostCursor> willing = new ArrayList<>();
    for (HostCursor cursor : group) {
      Evaluation evaluation =
          new Evaluation(
              unit.context().effective(meta.settings()),
              variables(unit, cursor.host()),
              running.templates());
      if (meta.action() == MetaAction.FLUSH_HANDLERS || evaluation.holds(Keyword.WHEN)) {
        willing.add(cursor);
      }
    }
    group.forEach(cursor -> cursor.done(false));
    if (willing.isEmpty()) {
      return;
    }
    switch (meta.action()) {
      case FLUSH_HANDLERS -> willing.forEach(HostCursor::flushHandlers);
      case END_HOST -> willing.forEach(HostCursor::stop);
      case END_BATCH -> concerned.forEach(HostCursor::stop);
      case END_PLAY -> {
        ended = true;
        concerned.forEach(HostCursor::stop);
      }
      case CLEAR_HOST_ERRORS -> {
        running.failed().clear();
        running.unreachable().clear();
      }
      case CLEAR_FACTS -> concerned.forEach(c -> running.variables().of(c.host()).clearFacts());
      case NOOP -> {}
    }
  }

  private void include(Unit lead, List<HostCursor> group) throws InterruptedException {
    Map<String, List<String>> included = new LinkedHashMap<>();
    for (HostCursor cursor : group) {
      Unit unit = unit(cursor);
      IncludeRunner.Included result =
          includes.run(unit, cursor.host(), variables(unit, cursor.host()));
      for (int i = 0; i < result.counted(); i++) {
        running.count(cursor.host(), result.result(), cursor.wouldBeRescued());
      }
      boolean failed = result.result().status() == TaskResult.Status.FAILED;
      if (failed) {
        running
            .events()
            .accept(
                new RunEvent.HostFinished(
                    cursor.host().name(),
                    lead.step().name(),
                    lead.context().roleName(),
                    lead.step().at(),
                    result.result()));
      }
      if (failed && !result.result().ignored()) {
        cursor.fail();
        noteFailure(cursor);
      } else {
        cursor.done(false);
        cursor.include(result.frames());
        result
            .names()
            .forEach(
                name ->
                    included
                        .computeIfAbsent(name, n -> new ArrayList<>())
                        .add(cursor.host().name()));
      }
    }
    included.forEach((name, hosts) -> running.events().accept(new RunEvent.Included(name, hosts)));
  }

  private HostVariables variables(Unit unit, Host host) {
    return plan.variables(running, unit, host, batch);
  }

  private String shownName(Step.Task task, Evaluation evaluation) {
    try {
      return evaluation.text(Keyword.NAME).orElse(task.name());
    } catch (EvaluationFailed e) {
      return task.name();
    }
  }

  private static boolean isTrue(Evaluation evaluation, Keyword keyword) {
    try {
      return evaluation.truth(keyword);
    } catch (EvaluationFailed e) {
      return false;
    }
  }

  private static int throttle(Evaluation evaluation) {
    try {
      return evaluation
          .number(Keyword.THROTTLE)
          .map(Double::intValue)
          .filter(n -> n > 0)
          .orElse(Integer.MAX_VALUE);
    } catch (EvaluationFailed e) {
      return Integer.MAX_VALUE;
    }
  }

  /// Runs the calls at the same time, no more than `forks` of the whole run, and returns their
  /// results in order. They begin in order too, so that one at a time means one after the other.
  /// When a stop is asked for, those that haven't begun are left out.
  private <T> List<T> inParallel(List<Callable<T>> calls, int atOnce) throws InterruptedException {
    if (calls.size() == 1) {
      try {
        return List.of(calls.getFirst().call());
      } catch (RuntimeException | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    Semaphore throttle = new Semaphore(Math.min(atOnce, calls.size()));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      try {
        for (Callable<T> call : calls) {
          throttle.acquire();
          running.permits().acquire();
          if (running.stop().isMade()) {
            running.permits().release();
            break;
          }
          futures.add(executor.submit(() -> permitted(call, throttle)));
        }
      } catch (InterruptedException e) {
        executor.shutdownNow();
        throw e;
      }
      return collect(futures, executor);
    }
  }

  private <T> T permitted(Callable<T> call, Semaphore throttle) throws Exception {
    try {
      return call.call();
    } finally {
      running.permits().release();
      throttle.release();
    }
  }

  private static <T> List<T> collect(List<Future<T>> futures, ExecutorService executor)
      throws InterruptedException {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      executor.shutdownNow();
      throw e;
    } catch (ExecutionException e) {
      executor.shutdownNow();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
