package kk.run;

import java.util.List;
import kk.inventory.Host;
import kk.playbook.Keyword;

/// Hosts that go through a play together, and what holds for them there.
record Batch(Running running, PlayPlan plan, List<Host> hosts) {

  Batch {
    hosts = List.copyOf(hosts);
  }

  /// A step as these hosts meet it.
  StepScope at(Unit unit) {
    return StepScope.of(this, unit);
  }

  /// Whether a step that says so is done on one host for all: not where each goes by itself.
  boolean isDoneOnce(Evaluation evaluation) {
    return !plan.isFree() && evaluation.isTrue(Keyword.RUN_ONCE);
  }
}
