package kk.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A command that runs one of kk's own playbooks. A new one takes a row in [#ALL].
@Command(mixinStandardHelpOptions = true)
final class ShippedCommand implements Callable<Integer> {
  /// Every shipped command, below its first word.
  private static final List<Group> ALL =
      List.of(
          new Group(
              "precheck",
              "Checks whether hosts are fit, and changes nothing.",
              List.of(
                  new Row(
                      "image_registry",
                      "precheck_image_registry",
                      "Tells whether the hosts of the group image_registry are fit for a registry;"
                          + " changes nothing."))),
          new Group(
              "init",
              "Sets something up.",
              List.of(
                  new Row(
                      "registry",
                      "init_registry",
                      "Installs the image registry on the hosts of the group image_registry."))));

  /// Commands that share their first word.
  private record Group(String name, String description, List<Row> rows) {}

  /// The second word, and what the command runs.
  private record Row(String name, String playbook, String description) {}

  @Mixin RunArguments arguments = new RunArguments();
  @Mixin PlayArguments play = new PlayArguments();

  private final Row row;
  private final Terminal terminal;
  private final Home home;

  private ShippedCommand(Row row, Terminal terminal, Home home) {
    this.row = row;
    this.terminal = terminal;
    this.home = home;
  }

  /// Adds all of them below their groups.
  static void addAll(CommandLine root, Terminal terminal, Home home) {
    for (Group group : ALL) {
      CommandLine first = new CommandLine(new CommandGroup());
      first.getCommandSpec().usageMessage().description(group.description());
      for (Row row : group.rows()) {
        CommandLine second = new CommandLine(new ShippedCommand(row, terminal, home));
        second.getCommandSpec().usageMessage().description(row.description());
        first.addSubcommand(row.name(), second);
      }
      root.addSubcommand(group.name(), first);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    return new Execution(home, arguments, play, terminal)
        .run(home.playbook(row.playbook()), true)
        .number();
  }
}
