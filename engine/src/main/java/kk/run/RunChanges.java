package kk.run;

import java.util.List;
import java.util.Map;
import kk.inventory.Host;
import kk.inventory.HostPattern;
import kk.problem.Problem;
import kk.source.Span;
import kk.spi.RunChange;
import kk.template.EvaluationFailed;

/// Does what modules ask of the run itself.
final class RunChanges {
  private final Running running;

  RunChanges(Running running) {
    this.running = running;
  }

  /// Does it, and tells whether that changed something.
  ///
  /// @param host on which the module ran
  /// @param at where the task stands
  boolean make(RunChange change, Host host, Span at) {
    return switch (change) {
      case RunChange.NewHost(String name, List<String> groups, Map<String, Object> vars) ->
          running.variables().add(old -> old.withHost(new Host(name, at, vars), groups), name);
      case RunChange.Membership(String group, List<String> parents) ->
          running.variables().add(old -> old.withMember(host, group, parents), host.name());
      case RunChange.HostVariables(List<String> patterns, Map<String, Object> values) -> {
        List<Host> others = new HostPattern(running.variables().inventory()).select(patterns);
        if (others.isEmpty()) {
          throw new EvaluationFailed(
              Problem.of("wrong-argument", at, "no host is called like " + patterns));
        }
        others.forEach(other -> running.variables().of(other).complete(values));
        yield false;
      }
      case RunChange.Statistics noted -> {
        running.statistics().note(host.name(), noted);
        yield false;
      }
    };
  }
}
