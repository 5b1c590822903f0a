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

/// `kk inventory`: which hosts there are, in which groups, and where their variables come from. A
/// method for each of its commands.
final class InventoryCommand {
  private final Terminal terminal;
  private final Home home;

  InventoryCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  /// How its commands are written.
  Syntax syntax() {
    return Syntax.group(
        "inventory",
        "Tells about hosts, groups and their variables.",
        List.of(list(), graph(), vars()));
  }

  /// What is to be told.
  private static final class Wanted {
    private boolean yaml;
    private Optional<String> group = Optional.empty();
    private String host = "";
    private Optional<String> variable = Optional.empty();
  }

  private Syntax list() {
    RunArguments arguments = new RunArguments();
    Wanted wanted = new Wanted();
    return Syntax.of(
            "list", "Prints the inventory as JSON or YAML.", () -> list(arguments, wanted.yaml))
        .with(arguments)
        .flag("--yaml", "as YAML", () -> wanted.yaml = true);
  }

  private int list(RunArguments arguments, boolean yaml) {
    InventoryText text = new InventoryText(inventory(workbench(arguments, new Redactor())), true);
    terminal
        .standardOutput()
        .print(yaml ? InventoryText.yaml(text.nested()) : InventoryText.json(text.list()) + "\n");
    return ExitCode.DONE.number();
  }

  private Syntax graph() {
    RunArguments arguments = new RunArguments();
    Wanted wanted = new Wanted();
    return Syntax.of(
            "graph", "Draws groups and hosts as a tree.", () -> graph(arguments, wanted.group))
        .with(arguments)
        .word(
            "GROUP",
            "where to begin",
            "0..1",
            String.class,
            name -> wanted.group = Optional.of(name));
  }

  private int graph(RunArguments arguments, Optional<String> group) {
    Inventory inventory = inventory(workbench(arguments, new Redactor()));
    String from = group.orElse(Inventory.ALL);
    if (!inventory.groupNames().contains(from)) {
      throw unknown("group", from, inventory.groupNames());
    }
    terminal.standardOutput().print(new InventoryText(inventory, true).graph(from, false));
    return ExitCode.DONE.number();
  }

  private Syntax vars() {
    RunArguments arguments = new RunArguments();
    Wanted wanted = new Wanted();
    return Syntax.of(
            "vars",
            "Prints the variables of a host, or where one of them comes from.",
            () -> vars(arguments, wanted.host, wanted.variable))
        .with(arguments)
        .word("HOST", "name of a host", "1", String.class, name -> wanted.host = name)
        .text(
            "--explain",
            "NAME",
            "tell where this variable is given, or something in it such as a.b[0]; the place that"
                + " counts first",
            name -> wanted.variable = Optional.of(name));
  }

  private int vars(RunArguments arguments, String name, Optional<String> explained) {
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
