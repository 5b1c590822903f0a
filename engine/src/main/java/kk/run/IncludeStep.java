package kk.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;

/// Includes tasks or a role on all hosts that are at such a step, before whatever comes next there.
final class IncludeStep {
  private final Batch batch;
  private final Running running;
  private final Failures failures;
  private final IncludeRunner includes;

  IncludeStep(Batch batch, Failures failures) {
    this.batch = batch;
    this.running = batch.running();
    this.failures = failures;
    this.includes = new IncludeRunner(running, batch.plan());
  }

  void run(StepScope scope, List<HostCursor> group) throws InterruptedException {
    Unit lead = scope.unit();
    Evaluation first = scope.evaluation(scope.variables(group.getFirst().host()));
    running
        .events()
        .accept(
            new RunEvent.StepStarted(
                title(lead.step(), first),
                lead.context().roleName(),
                lead.handler(),
                lead.step().at()));
    boolean once = batch.isDoneOnce(first);
    List<HostCursor> those = once ? group.subList(0, 1) : group;
    Map<String, List<String>> included = new LinkedHashMap<>();
    List<TaskResult> results = new ArrayList<>();
    for (HostCursor cursor : those) {
      results.add(runOn(scope.of(cursor), cursor, included));
    }
    group.stream().filter(cursor -> !those.contains(cursor)).forEach(c -> c.done(false));
    included.forEach((name, hosts) -> running.events().accept(new RunEvent.Included(name, hosts)));
    failures.spread(first, once, those, results);
  }

  /// An include of a role that has no name of its own is called by the role, as it is written.
  private static String title(Step step, Evaluation first) {
    if (step instanceof Step.IncludeRole include && !first.isSet(Keyword.NAME)) {
      Object role = include.use().name();
      return include.name() + " : " + (role instanceof Template template ? template.text() : role);
    }
    return first.nameOf(step);
  }

  private TaskResult runOn(StepScope scope, HostCursor cursor, Map<String, List<String>> included) {
    Unit unit = scope.unit();
    Step step = unit.step();
    Host host = cursor.host();
    IncludeRunner.Included done = includes.run(scope, host);
    TaskResult result = done.result();
    for (int i = 0; i < done.counted(); i++) {
      boolean lacking = result.problem().filter(IncludeStep::isLack).isPresent();
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
      failures.fail(cursor, step.name(), "include_tasks", result);
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
}
