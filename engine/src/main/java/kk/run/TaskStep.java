package kk.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.ModuleCall;
import kk.playbook.Step;
import kk.spi.Module;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;

/// Does a task on all hosts that are at it, side by side, and moves them on.
final class TaskStep {
  private final Batch batch;
  private final Running running;
  private final Failures failures;
  private final Workers workers;
  private final TaskRunner tasks;
  private final Map<Step, Semaphore> throttles = new ConcurrentHashMap<>();

  TaskStep(Batch batch, Failures failures, Workers workers) {
    this.batch = batch;
    this.running = batch.running();
    this.failures = failures;
    this.workers = workers;
    this.tasks = new TaskRunner(running);
  }

  void run(StepScope scope, Step.Task task, List<HostCursor> group) throws InterruptedException {
    Unit unit = scope.unit();
    Evaluation first = scope.evaluation(scope.variables(group.getFirst().host()));
    boolean once = isDoneOnce(task) || batch.isDoneOnce(first);
    List<HostCursor> those = once ? group.subList(0, 1) : group;
    running
        .events()
        .accept(
            new RunEvent.TaskStarted(
                first.nameOf(task),
                unit.context().roleName(),
                unit.handler(),
                task.at(),
                those.stream().map(cursor -> cursor.host().name()).toList()));
    List<TaskRunner.Done> results =
        workers.run(calls(scope, task, those, once), throttle(task, first));
    for (int i = 0; i < results.size(); i++) {
      boolean toBeRescued = those.get(i).countsAsRescued(unit.handler());
      running.count(those.get(i).host(), results.get(i).result(), toBeRescued);
    }
    if (results.size() < those.size()) {
      throw new Stopped(task.name());
    }
    List<TaskResult> outcomes = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      // done once, a result is everybody's
      TaskRunner.Done done = results.get(once ? 0 : i);
      boolean itself = !once || i == 0;
      // first: a handler may notify itself, for the next time
      settle(group.get(i), task, done.result(), itself);
      if (itself) {
        notify(group.get(i), task, done);
      }
      outcomes.add(done.result());
    }
    failures.spread(first, once, group, outcomes);
  }

  private List<Callable<TaskRunner.Done>> calls(
      StepScope scope, Step.Task task, List<HostCursor> those, boolean once) {
    List<Host> reachable =
        batch.hosts().stream().filter(host -> !running.unreachable().contains(host)).toList();
    List<Callable<TaskRunner.Done>> calls = new ArrayList<>();
    for (HostCursor cursor : those) {
      List<Host> owners = once ? reachable : List.of(cursor.host());
      calls.add(() -> runOn(cursor.host(), scope.of(cursor), task, owners));
    }
    return calls;
  }

  private boolean isDoneOnce(Step.Task task) {
    return !batch.plan().isFree()
        && running.installed().module(task.call().module()).map(Module::isDoneOnce).orElse(false);
  }

  private Optional<Semaphore> throttle(Step.Task task, Evaluation first) {
    Optional<Integer> most;
    try {
      most = first.number(Keyword.THROTTLE).map(Double::intValue).filter(n -> n > 0);
    } catch (EvaluationFailed e) { // the task itself will tell
      most = Optional.empty();
    }
    return most.map(n -> throttles.computeIfAbsent(task, step -> new Semaphore(n, true)));
  }

  private TaskRunner.Done runOn(Host host, StepScope scope, Step.Task task, List<Host> owners)
      throws InterruptedException {
    HostVariables variables = scope.variables(host);
    TaskRunner.Done done = tasks.run(scope, host, variables, owners);
    if (task.call().module().equals("assert") && !done.result().skipped()) {
      running.events().accept(asserted(host, task, done.result()));
    }
    running
        .events()
        .accept(
            new RunEvent.HostFinished(
                host.name(),
                scope.evaluation(variables).nameOf(task),
                task.call().module(),
                scope.unit().context().roleName(),
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
  private void settle(HostCursor cursor, Step.Task task, TaskResult result, boolean itself) {
    if (result.lost()) {
      running.unreachable().add(cursor.host());
      cursor.stop();
    } else if (result.failed()) {
      failures.fail(cursor, task.name(), task.call().module(), result);
    } else {
      boolean reached = result.status() != TaskResult.Status.UNREACHABLE;
      cursor.done(itself && reached && !result.skipped());
    }
  }

  private void notify(HostCursor cursor, Step.Task task, TaskRunner.Done done) {
    PlayHandlers handlers = batch.plan().handlers();
    for (String name : done.notified()) {
      for (int index : handlers.notifiedBy(running, name, task)) {
        cursor.notifyHandler(index);
        running
            .events()
            .accept(
                new RunEvent.Notified(
                    cursor.host().name(), handlers.all().get(index).step().name()));
      }
    }
  }
}
