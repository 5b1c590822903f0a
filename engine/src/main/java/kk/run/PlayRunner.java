package kk.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.ModuleCall;
import kk.playbook.Step;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.spi.Module;
import kk.template.EvaluationFailed;
import kk.variables.HostStore;
import kk.variables.HostVariables;

/// Runs one play on one batch of hosts. Each host has a [HostCursor]; a strategy decides who moves
/// when.
///
/// - linear: everybody waits until the last one is at a step. Of all hosts the step that is
///   furthest behind goes first, on all hosts that are at it.
/// - free: each host goes through the play by itself; `forks` limits the tasks at one time.
/// - host_pinned: free, but no more than `forks` hosts are in the middle of the play.
final class PlayRunner {
  private final Running running;
  private final PlayPlan plan;
  private final List<Host> batch;
  private final Map<Host, HostCursor> cursors = new LinkedHashMap<>();
  private final TaskRunner tasks;
  private final IncludeRunner includes;
  private final MetaRunner metas;
  private final Workers workers;
  private final Map<Step, Semaphore> throttles = new ConcurrentHashMap<>();

  /// Whose failure is on record; taking it back with a meta action must not bring it up again.
  private final Set<HostCursor> noted = ConcurrentHashMap.newKeySet();

  private volatile boolean ended;
  private volatile boolean runEnded;

  /// Whether hosts that go each by itself were stopped for an error that counts for all.
  private volatile boolean halted;

  PlayRunner(Running running, PlayPlan plan, List<Host> batch) {
    this.running = running;
    this.plan = plan;
    this.batch = List.copyOf(batch);
    this.tasks = new TaskRunner(running);
    this.includes = new IncludeRunner(running, plan);
    this.metas = new MetaRunner(running, plan, batch);
    this.workers =
        plan.isPinned() ? Workers.unlimited() : new Workers(running.permits(), running.stop());
    for (Host host : batch) {
      cursors.put(
          host,
          new HostCursor(
              host, plan.steps(), plan.context(), plan.handlers().all(), plan.forcesHandlers()));
    }
  }

  /// Whether the play is over for its other batches too: `meta: end_play` or an error that counts
  /// for all.
  boolean ended() {
    return ended || metas.playEnded();
  }

  /// Whether no further play may start: too many hosts have failed.
  boolean runEnded() {
    return runEnded;
  }

  void run() throws InterruptedException {
    if (!plan.isFree()) {
      runLinear(List.copyOf(cursors.values()));
      return;
    }
    List<Callable<Void>> walks = new ArrayList<>();
    for (HostCursor cursor : cursors.values()) {
      walks.add(
          () -> {
            runLinear(List.of(cursor));
            return null;
          });
    }
    Workers walkers =
        plan.isPinned() ? new Workers(running.permits(), running.stop()) : Workers.unlimited();
    walkers.run(walks, Optional.empty());
    // an `always` may have taken the error back
    if (halted && cursors.values().stream().anyMatch(HostCursor::failed)) {
      endRun();
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
              .map(HostCursor::reached)
              .min(Comparator.comparing(Unit::position))
              .orElseThrow();
      List<HostCursor> group =
          ready.stream().filter(cursor -> isSame(cursor.reached(), lead)).toList();
      step(lead, group);
    }
  }

  private static boolean isSame(Unit one, Unit other) {
    return one.step() == other.step() && one.position().equals(other.position());
  }

  private void step(Unit lead, List<HostCursor> group) throws InterruptedException {
    if (!isSelected(lead, group.getFirst().host())) {
      group.forEach(cursor -> cursor.done(false));
      return;
    }
    List<HostCursor> spared =
        group.stream()
            .filter(c -> plan.isSpared(lead.step(), running.variables().of(c.host()).hasFacts()))
            .toList();
    if (!spared.isEmpty()) {
      spared.forEach(cursor -> cursor.done(false));
      return;
    }
    if (running.stop().isMade()) {
      throw new Stopped(lead.step().name());
    }
    boolean asked = !plan.isFree() && !(lead.step() instanceof Step.Meta);
    if (asked && !running.stepping().takes(lead)) {
      group.forEach(cursor -> cursor.done(false));
      return;
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
    boolean once = !plan.isFree() && (isDoneOnce(task) || isTrue(first, Keyword.RUN_ONCE));
    List<HostCursor> those = once ? group.subList(0, 1) : group;
    running
        .events()
        .accept(
            new RunEvent.TaskStarted(
                shownName(task, first),
                unit.context().roleName(),
                unit.handler(),
                task.at(),
                those.stream().map(cursor -> cursor.host().name()).toList()));
    List<Host> reachable =
        batch.stream().filter(host -> !running.unreachable().contains(host)).toList();
    Optional<Semaphore> throttle =
        throttle(first).map(n -> throttles.computeIfAbsent(task, step -> new Semaphore(n, true)));
    List<Callable<TaskRunner.Done>> calls = new ArrayList<>();
    for (HostCursor cursor : those) {
      List<Host> owners = once ? reachable : List.of(cursor.host());
      calls.add(() -> runOn(cursor.host(), cursor.reached(), task, owners));
    }
    List<TaskRunner.Done> results = workers.run(calls, throttle);
    for (int i = 0; i < results.size(); i++) {
      boolean toBeRescued = those.get(i).countsAsRescued(unit.handler());
      running.count(those.get(i).host(), results.get(i).result(), toBeRescued);
    }
    if (results.size() < those.size()) {
      throw new Stopped(task.name());
    }
    for (int i = 0; i < group.size(); i++) {
      HostCursor cursor = group.get(i);
      TaskRunner.Done done = results.get(once ? 0 : i);
      // first: a handler may notify itself, for the next time
      settle(cursor, task, done, !once || i == 0);
      if (!once || i == 0) {
        done.notified().forEach(name -> notifyHandlers(cursor, name, task));
      }
    }
    // done once, a result is everybody's
    List<TaskResult> outcomes = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      outcomes.add(results.get(once ? 0 : i).result());
    }
    spread(first, once, group, outcomes);
  }

  private boolean isDoneOnce(Step.Task task) {
    return running.installed().module(task.call().module()).map(Module::isDoneOnce).orElse(false);
  }

  private TaskRunner.Done runOn(Host host, Unit unit, Step.Task task, List<Host> owners)
      throws InterruptedException {
    HostVariables variables = variables(unit, host);
    TaskRunner.Done done = tasks.run(unit, host, () -> variables(unit, host), owners);
    Evaluation evaluation =
        new Evaluation(unit.context().effective(task.settings()), variables, running.templates());
    if (task.call().module().equals("assert") && !done.result().skipped()) {
      running.events().accept(asserted(host, task, done.result()));
    }
    running
        .events()
        .accept(
            new RunEvent.HostFinished(
                host.name(),
                shownName(task, evaluation),
                task.call().module(),
                unit.context().roleName(),
                task.at(),
                done.result()));
    return done;
  }

  private static RunEvent asserted(Host host, Step.Task task, TaskResult result) {
    ModuleCall.Argument that = task.call().arguments().get("that");
    int conditions = that != null && that.value() instanceof List<?> list ? list.size() : 1;
    boolean held = result.status() != TaskResult.Status.FAILED;
    return new RunEvent.Asserted(host.name(), conditions, held);
  }

  /// Moves a host on according to how its task ended.
  ///
  /// @param itself whether the task ran on this very host, not once for all
  private void settle(HostCursor cursor, Step.Task task, TaskRunner.Done done, boolean itself) {
    TaskResult result = done.result();
    if (result.status() == TaskResult.Status.UNREACHABLE && !result.ignored()) {
      running.unreachable().add(cursor.host());
      cursor.stop();
    } else if (result.failed()) {
      fail(cursor, task.name(), task.call().module(), result);
    } else {
      boolean reached = result.status() != TaskResult.Status.UNREACHABLE;
      cursor.done(itself && reached && !result.skipped());
    }
  }

  private void fail(HostCursor cursor, String name, String action, TaskResult result) {
    if (cursor.wouldBeRescued()) {
      HostStore store = running.variables().of(cursor.host());
      store.register("ansible_failed_result", result.values());
      store.register("ansible_failed_task", Map.of("name", name, "action", action));
    }
    cursor.fail();
    noteFailure(cursor);
  }

  private void noteFailure(HostCursor cursor) {
    if (cursor.failed() && noted.add(cursor)) {
      running.failed().add(cursor.host());
    }
  }

  private void notifyHandlers(HostCursor cursor, String name, Step.Task task) {
    List<Integer> found =
        Handler.notifiedBy(
            name, plan.handlers().all(), handler -> plan.handlers().name(running, handler));
    if (found.isEmpty() && running.options().defaults().missingHandlerFails()) {
      throw new ProblemsFound(
          Problem.of("unknown-handler", task.at(), "there is no handler `" + name + "`")
              .note("task \"" + task.name() + "\" notifies it")
              .suggest(
                  name,
                  plan.handlers().all().stream()
                      .flatMap(h -> h.names(plan.handlers().name(running, h)).stream())
                      .toList()));
    }
    if (found.isEmpty()) {
      running.events().accept(new RunEvent.Warned("there is no handler `" + name + "`"));
    }
    for (int index : found) {
      cursor.notifyHandler(index);
      running
          .events()
          .accept(
              new RunEvent.Notified(
                  cursor.host().name(), plan.handlers().all().get(index).step().name()));
    }
  }

  /// A failure may count for all hosts of the batch: each of the others fails where it stands, with
  /// its own rescue and always. Where each goes by itself, the others are told to stop.
  private void spread(
      Evaluation first, boolean once, List<HostCursor> workers, List<TaskResult> results) {
    Set<HostCursor> hit = new HashSet<>();
    for (int i = 0; i < results.size(); i++) {
      TaskResult result = results.get(i);
      boolean lost = result.status() == TaskResult.Status.UNREACHABLE && !result.ignored();
      if (result.failed() || lost) {
        hit.add(workers.get(i));
      }
    }
    boolean fatal =
        !hit.isEmpty()
            && (once || isTrue(first, Keyword.ANY_ERRORS_FATAL))
            && !isTrue(first, Keyword.IGNORE_ERRORS);
    long failed = batch.stream().filter(running.failed()::contains).count();
    boolean tooMany =
        plan.maxFailPercentage().isPresent()
            && failed * 100.0 / batch.size() > plan.maxFailPercentage().get();
    if (fatal && plan.isFree()) {
      if (hit.stream().anyMatch(HostCursor::isLost)) {
        halted = true;
        cursors.values().stream().filter(c -> !hit.contains(c)).forEach(HostCursor::stop);
      }
    } else if (fatal) {
      for (HostCursor cursor : cursors.values()) {
        if (!hit.contains(cursor) && !cursor.failed() && !cursor.stopped()) {
          cursor.fail();
          noteFailure(cursor);
        }
      }
    }
    boolean allOut = cursors.values().stream().allMatch(c -> c.failed() || c.stopped());
    if (tooMany || (fatal && allOut)) {
      endRun();
      cursors.values().stream().filter(c -> !c.failed()).forEach(HostCursor::stop);
    }
  }

  private void endRun() {
    ended = true;
    runEnded = true;
  }

  private void include(Unit lead, List<HostCursor> group) throws InterruptedException {
    Map<String, List<String>> included = new LinkedHashMap<>();
    Evaluation first =
        new Evaluation(
            lead.context().effective(lead.step().settings()),
            variables(lead, group.getFirst().host()),
            running.templates());
    running
        .events()
        .accept(
            new RunEvent.StepStarted(
                shownName(lead.step(), first),
                lead.context().roleName(),
                lead.handler(),
                lead.step().at()));
    boolean once = !plan.isFree() && isTrue(first, Keyword.RUN_ONCE);
    List<HostCursor> those = once ? group.subList(0, 1) : group;
    List<TaskResult> results = new ArrayList<>();
    for (HostCursor cursor : those) {
      results.add(includeOn(cursor, included));
    }
    group.stream().filter(cursor -> !those.contains(cursor)).forEach(c -> c.done(false));
    included.forEach((name, hosts) -> running.events().accept(new RunEvent.Included(name, hosts)));
    spread(first, once, those, results);
  }

  /// Includes what a step asks for on one host, before whatever comes next there.
  private TaskResult includeOn(HostCursor cursor, Map<String, List<String>> included) {
    Unit unit = cursor.reached();
    Step step = unit.step();
    Host host = cursor.host();
    IncludeRunner.Included done = includes.run(unit, host, variables(unit, host));
    TaskResult result = done.result();
    for (int i = 0; i < done.counted(); i++) {
      boolean lacking = result.problem().filter(PlayRunner::isLack).isPresent();
      running.count(host, result, cursor.wouldBeRescued() && !lacking);
    }
    step.settings()
        .text(Keyword.REGISTER)
        .ifPresent(name -> running.variables().of(host).register(name, result.values()));
    if (result.status() == TaskResult.Status.FAILED) {
      running
          .events()
          .accept(
              new RunEvent.HostFinished(
                  host.name(),
                  step.name(),
                  step instanceof Step.IncludeRole ? "include_role" : "include_tasks",
                  unit.context().roleName(),
                  step.at(),
                  result));
    }
    if (result.failed()) {
      fail(cursor, step.name(), "include_tasks", result);
      return result;
    }
    if (result.skipped()) {
      running.events().accept(new RunEvent.StepSkipped(host.name(), result));
    }
    cursor.done(false);
    cursor.include(done.frames());
    for (String name : done.names()) {
      included.computeIfAbsent(name, n -> new ArrayList<>()).add(host.name());
    }
    return result;
  }

  /// Whether there is nothing to include, which counts as a failure even when a rescue follows.
  private static boolean isLack(Problem problem) {
    return problem.id().equals("missing-file") || problem.id().equals("unknown-role");
  }

  private void meta(Unit unit, Step.Meta meta, List<HostCursor> group) {
    metas.run(unit, meta, group, List.copyOf(cursors.values()));
  }

  private HostVariables variables(Unit unit, Host host) {
    return plan.variables().of(running, unit, host, batch);
  }

  private static String shownName(Step step, Evaluation evaluation) {
    try {
      return evaluation.text(Keyword.NAME).orElse(step.name());
    } catch (EvaluationFailed e) {
      return step.name();
    }
  }

  private static boolean isTrue(Evaluation evaluation, Keyword keyword) {
    try {
      return evaluation.truth(keyword);
    } catch (EvaluationFailed e) {
      return false;
    }
  }

  private static Optional<Integer> throttle(Evaluation evaluation) {
    try {
      return evaluation.number(Keyword.THROTTLE).map(Double::intValue).filter(n -> n > 0);
    } catch (EvaluationFailed e) {
      return Optional.empty();
    }
  }
}
