package kk.run;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kk.playbook.Keyword;
import kk.variables.HostStore;

/// What a failure of one host means for it and for the others of its batch.
final class Failures {
  private final Batch batch;
  private final Collection<HostCursor> cursors;

  /// Whose failure is on record; taking it back with a meta action must not bring it up again.
  private final Set<HostCursor> noted = ConcurrentHashMap.newKeySet();

  private volatile boolean runEnded;

  /// Whether hosts that go each by itself were stopped for an error that counts for all.
  private volatile boolean halted;

  /// @param cursors those of all hosts of the batch
  Failures(Batch batch, Collection<HostCursor> cursors) {
    this.batch = batch;
    this.cursors = cursors;
  }

  /// Whether no further play or batch may start: too many hosts have failed.
  boolean runEnded() {
    return runEnded;
  }

  /// Has a host fail at a step; a rescue around it learns why.
  ///
  /// @param action the module's name
  void fail(HostCursor cursor, String name, String action, TaskResult result) {
    if (cursor.wouldBeRescued()) {
      HostStore store = batch.running().variables().of(cursor.host());
      store.register("ansible_failed_result", result.values());
      store.register("ansible_failed_task", Map.of("name", name, "action", action));
    }
    cursor.fail();
    note(cursor);
  }

  /// Puts a host on record that is out of the play.
  void note(HostCursor cursor) {
    if (cursor.failed() && noted.add(cursor)) {
      batch.running().failed().add(cursor.host());
    }
  }

  /// A failure may count for all hosts of the batch: each of the others fails where it stands, with
  /// its own rescue and always. Where each goes by itself, the others are told to stop.
  ///
  /// @param first the step's keywords on the first of the hosts
  /// @param once whether it was done once for all
  /// @param those who did it
  /// @param results what it came to, in the same order
  void spread(Evaluation first, boolean once, List<HostCursor> those, List<TaskResult> results) {
    Set<HostCursor> hit = new HashSet<>();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).failed() || results.get(i).lost()) {
        hit.add(those.get(i));
      }
    }
    boolean fatal =
        !hit.isEmpty()
            && (once || first.isTrue(Keyword.ANY_ERRORS_FATAL))
            && !first.isTrue(Keyword.IGNORE_ERRORS);
    if (fatal) {
      takeAlong(hit);
    }
    boolean allOut = cursors.stream().allMatch(c -> c.failed() || c.stopped());
    if (tooMany() || (fatal && allOut)) {
      runEnded = true;
      cursors.stream().filter(c -> !c.failed()).forEach(HostCursor::stop);
    }
  }

  private void takeAlong(Set<HostCursor> hit) {
    List<HostCursor> others = cursors.stream().filter(c -> !hit.contains(c)).toList();
    if (!batch.plan().isFree()) {
      for (HostCursor cursor : others) {
        if (!cursor.failed() && !cursor.stopped()) {
          cursor.fail();
          note(cursor);
        }
      }
    } else if (hit.stream().anyMatch(HostCursor::isLost)) {
      halted = true;
      others.forEach(HostCursor::stop);
    }
  }

  private boolean tooMany() {
    if (batch.plan().maxFailPercentage().isEmpty()) {
      return false;
    }
    long failed = batch.hosts().stream().filter(batch.running().failed()::contains).count();
    return failed * 100.0 / batch.hosts().size() > batch.plan().maxFailPercentage().get();
  }

  /// Judges hosts that went each by itself, at the end: an `always` may have taken an error back.
  void judgeHalt() {
    if (halted && cursors.stream().anyMatch(HostCursor::failed)) {
      runEnded = true;
    }
  }
}
