package kk.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.Step;

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
  private final Batch batch;
  private final List<HostCursor> cursors;
  private final Failures failures;
  private final TaskStep tasks;
  private final IncludeStep includes;
  private final MetaRunner metas;

  PlayRunner(Batch batch) {
    this.batch = batch;
    this.running = batch.running();
    this.plan = batch.plan();
    this.cursors = batch.hosts().stream().map(this::cursor).toList();
    this.failures = new Failures(batch, cursors);
    this.tasks = new TaskStep(batch, failures, plan.isPinned() ? Workers.unlimited() : forks());
    this.includes = new IncludeStep(batch, failures);
    this.metas = new MetaRunner(batch);
  }

  private HostCursor cursor(Host host) {
    return new HostCursor(
        host, plan.steps(), plan.context(), plan.handlers().all(), plan.forcesHandlers());
  }

  private Workers forks() {
    return new Workers(running.permits(), running.stop());
  }

  /// Whether the play is over for its other batches too: `meta: end_play` or an error that counts
  /// for all.
  boolean ended() {
    return failures.runEnded() || metas.playEnded();
  }

  /// Whether no further play may start: too many hosts have failed.
  boolean runEnded() {
    return failures.runEnded();
  }

  void run() throws InterruptedException {
    if (!plan.isFree()) {
      walk(cursors);
      return;
    }
    List<Callable<Void>> walks = new ArrayList<>();
    for (HostCursor cursor : cursors) {
      walks.add(
          () -> {
            walk(List.of(cursor));
            return null;
          });
    }
    (plan.isPinned() ? forks() : Workers.unlimited()).run(walks, Optional.empty());
    failures.judgeHalt();
  }

  private void walk(List<HostCursor> together) throws InterruptedException {
    while (true) {
      List<HostCursor> ready =
          together.stream().filter(cursor -> cursor.peek().isPresent()).toList();
      together.forEach(failures::note); // a block's end may have been a host's
      if (ready.isEmpty()) {
        return;
      }
      Unit lead =
          ready.stream()
              .map(HostCursor::reached)
              .min((one, other) -> one.position().compareTo(other.position()))
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
    StepScope scope = batch.at(lead);
    if (!isSelected(scope, group.getFirst().host())) {
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
        case Step.Task task -> tasks.run(scope, task, group);
        case Step.Meta meta -> metas.run(scope, meta, group, cursors);
        case Step.IncludeTasks include -> includes.run(scope, group);
        case Step.IncludeRole include -> includes.run(scope, group);
        case Step.Block block -> throw new IllegalStateException("a block is opened by the cursor");
        case Step.UseRole use -> throw new IllegalStateException("a role is opened by the cursor");
      }
    } catch (InterruptedException e) {
      throw running.stop().isMade() ? new Stopped(lead.step().name()) : e;
    }
  }

  private boolean isSelected(StepScope scope, Host host) {
    Unit unit = scope.unit();
    if (unit.handler() || unit.step() instanceof Step.Meta) {
      return true;
    }
    boolean selected =
        new TagSelection(running.options().tags(), running.options().skipTags())
            .selects(scope.evaluation(scope.variables(host)).texts(Keyword.TAGS));
    return selected && plan.hasStarted(unit.step());
  }
}
