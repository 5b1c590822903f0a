package kk.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The tree of commands.
final class Commands {
  private Commands() {}

  /// All commands.
  static CommandLine create(Terminal terminal, Home home) {
    return create(terminal, home, "");
  }

  /// The command that the first word names, or all of them when it names none. To describe them all
  /// takes longer than some of them run.
  static CommandLine create(Terminal terminal, Home home, String firstWord) {
    Map<String, Supplier<Syntax>> all = all(terminal, home);
    Supplier<Syntax> named = all.get(firstWord);
    List<Syntax> commands =
        named == null ? all.values().stream().map(Supplier::get).toList() : List.of(named.get());
    CommandLine root =
        Syntax.group("kk", "Installs and runs private image registries; runs playbooks.", commands)
            .line();
    root.setExpandAtFiles(false);
    exitCodes(root);
    return root;
  }

  private static Map<String, Supplier<Syntax>> all(Terminal terminal, Home home) {
    Map<String, Supplier<Syntax>> all = new LinkedHashMap<>();
    all.putAll(ShippedCommand.all(terminal, home));
    all.put("run", () -> new RunCommand(terminal, home).syntax());
    all.put("lint", () -> new LintCommand(terminal, home).syntax());
    all.put("eval", () -> new EvalCommand(terminal, home).syntax());
    all.put("render", () -> new RenderCommand(terminal, home).syntax());
    all.put("inventory", () -> new InventoryCommand(terminal, home).syntax());
    all.put("vault", () -> new VaultCommand(terminal, System.in).syntax());
    all.put("doc", () -> new DocCommand(terminal, home).syntax());
    all.put("explain", () -> new ExplainCommand(terminal).syntax());
    all.put("completion", () -> new CompletionCommand(terminal, home).syntax());
    return all;
  }

  private static void exitCodes(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.version("kk " + Main.VERSION);
    spec.exitCodeOnInvalidInput(ExitCode.COMMAND_LINE.number());
    spec.exitCodeOnExecutionException(ExitCode.BUG.number());
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      list.put(String.valueOf(code.number()), code.meaning());
    }
    spec.usageMessage().exitCodeList(list);
    spec.usageMessage().abbreviateSynopsis(true);
    line.getSubcommands().values().forEach(Commands::exitCodes);
  }
}
