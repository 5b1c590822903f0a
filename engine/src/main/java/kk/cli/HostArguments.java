package kk.cli;

import java.util.Optional;
import kk.inventory.Host;
import kk.inventory.Inventory;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.variables.HostVariables;
import kk.variables.VariableStore;

/// Picks the host whose variables an expression sees.
final class HostArguments implements Syntax.Arguments {
  String host = Inventory.LOCALHOST;

  @Override
  public void describe(Syntax syntax) {
    syntax.text(
        "--host",
        "HOST",
        "host whose variables are seen, localhost by default",
        value -> host = value);
  }

  HostVariables variables(Workbench workbench) {
    Inventory inventory = workbench.inventory(Optional.empty(), workbench.problems());
    workbench.problems().throwIfErrors();
    Host found =
        inventory
            .find(host)
            .orElseThrow(
                () ->
                    new ProblemsFound(
                        Problem.of(
                                "unknown-host",
                                new Span(new Source("--host", host), 1, 1, host.length()),
                                "there is no host `" + host + "`")
                            .suggest(host, inventory.hosts().stream().map(Host::name).toList())));
    return workbench.variables(inventory).view(found, VariableStore.Context.NONE);
  }
}
