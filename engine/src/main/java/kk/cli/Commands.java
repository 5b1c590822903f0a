package kk.cli;

import java.util.LinkedHashMap;
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
    CommandLine root = new CommandLine(new CommandGroup());
    Map<String, Supplier<CommandLine>> all = all(terminal, home);
    Supplier<CommandLine> named = all.get(firstWord);
    if (named == null) {
      all.forEach((name, command) -> root.addSubcommand(name, command.get()));
    } else {
      root.addSubcommand(firstWord, named.get());
    }
    root.setExpandAtFiles(false);
    root.getCommandSpec()
        .name("kk")
        .usageMessage()
        .description("Installs and runs private image registries; runs playbooks.");
    exitCodes(root);
    return root;
  }

  private static Map<String, Supplier<CommandLine>> all(Terminal terminal, Home home) {
    Map<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
    all.putAll(ShippedCommand.all(terminal, home));
    all.put("run", () -> new CommandLine(new RunCommand(terminal, home)));
    all.put("lint", () -> new CommandLine(new LintCommand(terminal, home)));
    all.put("eval", () -> new CommandLine(new EvalCommand(terminal, home)));
    all.put("render", () -> new CommandLine(new RenderCommand(terminal, home)));
    all.put("inventory", () -> new CommandLine(new InventoryCommand(terminal, home)));
    all.put("vault", () -> new CommandLine(new VaultCommand(terminal, System.in)));
    all.put("doc", () -> new CommandLine(new DocCommand(terminal, home)));
    all.put("explain", () -> new CommandLine(new ExplainCommand(terminal)));
    return all;
  }

  private static void exitCodes(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.version("kk " + Main.VERSION);
    spec.exitCodeOnInvalidInput(ExitCode.COMMAND_LINE.number());
    spec.exitCodeOnExecutionException(ExitCode.BUG.number());
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
    for (ExitCode code : ExitCode.values()) {
      Map<String, String> list = new LinkedHashMap<>(spec.usageMessage().exitCodeList());
      list.put(String.valueOf(code.number()), code.meaning());
      spec.usageMessage().exitCodeList(list);
    }
    spec.usageMessage().abbreviateSynopsis(true);
    line.getSubcommands().values().forEach(Commands::exitCodes);
  }
}
