package kk.run;

import java.util.List;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.variables.HostVariables;

/// Hosts that go through a play together, and what holds for them there.
record Batch(Running running, PlayPlan plan, List<Host> hosts) {

  Batch {
    hosts = List.copyOf(hosts);
  }

  /// The variables of a host at a step.
  HostVariables variables(Unit unit, Host host) {
    return plan.variables().of(running, unit, host, hosts);
  }

  /// The values of a step's keywords for a host, with those that it inherits.
  Evaluation evaluation(Unit unit, Host host) {
    return new Evaluation(
        unit.context().effective(unit.step().settings()),
        variables(unit, host),
        running.templates());
  }

  /// Whether a step that says so is done on one host for all: not where each goes by itself.
  boolean isDoneOnce(Evaluation evaluation) {
    return !plan.isFree() && evaluation.isTrue(Keyword.RUN_ONCE);
  }
}
