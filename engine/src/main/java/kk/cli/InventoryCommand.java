package kk.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kk.inventory.Host;
import kk.inventory.Inventory;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.report.Redactor;
import kk.source.Source;
import kk.source.Span;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import kk.variables.Layer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kk inventory`: which hosts there are, in which groups, and where their variables come from. A
/// method for each of its commands.
@Command(
    name = "inventory",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tells about hosts, groups and their variables.")
final class InventoryCommand {
  private final Terminal terminal;
  private final Home home;

  InventoryCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  @Command(mixinStandardHelpOptions = true, description = "Prints the inventory as JSON or YAML.")
  int list(
      @Mixin RunArguments arguments,
      @Option(names = "--yaml", description = "as YAML") boolean yaml) {
    InventoryText text = new InventoryText(inventory(workbench(arguments, new Redactor())), true);
    terminal
        .standardOutput()
        .print(yaml ? InventoryText.yaml(text.nested()) : InventoryText.json(text.list()) + "\n");
    return ExitCode.DONE.number();
  }

  @Command(mixinStandardHelpOptions = true, description = "Draws groups and hosts as a tree.")
  int graph(
      @Mixin RunArguments arguments,
      @Parameters(paramLabel = "GROUP", arity = "0..1", description = "where to begin")
          Optional<String> group) {
    Inventory inventory = inventory(workbench(arguments, new Redactor()));
    String from = group.orElse(Inventory.ALL);
    if (!inventory.groupNames().contains(from)) {
      throw unknown("group", from, inventory.groupNames());
    }
    terminal.standardOutput().print(new InventoryText(inventory, true).graph(from, false));
    return ExitCode.DONE.number();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Prints the variables of a host, or where one of them comes from.")
  int vars(
      @Mixin RunArguments arguments,
      @Parameters(paramLabel = "HOST", description = "name of a host") String name,
      @Option(
              names = "--explain",
              paramLabel = "NAME",
              description =
                  "tell where this variable is given, or something in it such as a.b[0]; the place"
                      + " that counts first")
          Optional<String> explained) {
    Redactor redactor = new Redactor();
    Workbench workbench = workbench(arguments, redactor);
    Inventory inventory = inventory(workbench);
    Host host =
        inventory
            .find(name)
            .orElseThrow(
                () -> unknown("host", name, inventory.hosts().stream().map(Host::name).toList()));
    HostVariables variables =
        workbench.variables(inventory).view(host, kk.variables.VariableStore.Context.NONE);
    if (explained.isPresent()) {
      explain(variables, explained.get(), redactor);
      return ExitCode.DONE.number();
    }
    Map<String, Object> all = new TreeMap<>();
    for (Layer layer : variables.layers()) {
      if (layer.kind() != Layer.Kind.DATA) {
        layer.values().keySet().forEach(key -> all.put(key, shown(variables, key)));
      }
    }
    redactor.learn(all);
    terminal.standardOutput().print(redactor.redact(InventoryText.yaml(all)));
    return ExitCode.DONE.number();
  }

  private void explain(HostVariables variables, String name, Redactor redactor) {
    List<VariableOrigin> origins = VariableOrigin.of(variables, name);
    if (origins.isEmpty()) {
      throw new ProblemsFound(
          Problem.of(
                  "undefined-variable",
                  new Span(new Source("--explain", name), 1, 1, name.length()),
                  "no variable is called `" + name + "` there")
              .suggest(name, variables.names()));
    }
    if (variables.contains(name)) {
      redactor.learn(Map.of(name, String.valueOf(shown(variables, name))));
    }
    for (VariableOrigin origin : origins) {
      Object raw = origin.raw();
      redactor.learn(Map.of(name.substring(name.lastIndexOf('.') + 1), String.valueOf(raw)));
      String written = InventoryText.json(InventoryText.written(raw)).replaceAll("\\s*\n\\s*", " ");
      terminal.standardOutput().println(redactor.redact(origin.told()));
      terminal.standardOutput().println("    " + redactor.redact(written));
    }
  }

  /// The value, or as it is written when it can't be told without a run.
  private static @Nullable Object shown(HostVariables variables, String name) {
    try {
      return variables.resolve(variables.get(name));
    } catch (EvaluationFailed e) {
      return InventoryText.written(variables.origins(name).getFirst().values().get(name));
    }
  }

  private Workbench workbench(RunArguments arguments, Redactor redactor) {
    return new GivenVariables(arguments, terminal::ask, redactor::add).workbench(home);
  }

  private static Inventory inventory(Workbench workbench) {
    Inventory inventory = workbench.inventory(Optional.empty(), workbench.problems());
    workbench.problems().throwIfErrors();
    return inventory;
  }

  private static ProblemsFound unknown(String what, String name, Iterable<String> known) {
    return new ProblemsFound(
        Problem.of(
                "unknown-" + what,
                new Span(new Source("kk inventory", name), 1, 1, name.length()),
                "there is no " + what + " `" + name + "`")
            .suggest(name, known));
  }
}
