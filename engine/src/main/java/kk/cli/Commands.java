package kk.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The tree of commands.
final class Commands {
  private Commands() {}

  static CommandLine create(Terminal terminal, Home home) {
    CommandLine root = new CommandLine(new CommandGroup());
    ShippedCommand.addAll(root, terminal, home);
    root.addSubcommand(new RunCommand(terminal, home));
    root.addSubcommand(new LintCommand(terminal, home));
    root.addSubcommand(new EvalCommand(terminal, home));
    root.addSubcommand(new RenderCommand(terminal, home));
    root.addSubcommand(new DocCommand(terminal, home));
    root.addSubcommand(new ExplainCommand(terminal));
    root.setExpandAtFiles(false);
    root.getCommandSpec()
        .name("kk")
        .usageMessage()
        .description("Installs and runs private image registries; runs playbooks.");
    exitCodes(root);
    return root;
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
