package kk.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
                      "Installs the image registry on the hosts of the group image_registry."))),
          new Group(
              "delete",
              "Removes something.",
              List.of(
                  new Row(
                      "registry",
                      "delete_registry",
                      "Removes the image registry that kk has installed, and nothing else.",
                      List.of(
                          new Switch(
                              "--with-data",
                              "delete.data",
                              "remove the images too; never those in a shared store"))))),
          new Group(
              "registry",
              "Looks after a registry that is installed.",
              List.of(
                  new Row(
                      "status",
                      "registry_status",
                      "Tells what answers, who has the virtual address, and what is stored where."),
                  new Row(
                      "drill",
                      "registry_drill",
                      "Moves the virtual address from host to host and tells how long clients"
                          + " could not pull."),
                  new Row(
                      "gc",
                      "registry_gc",
                      "Frees the space of deleted images; nothing can be pushed meanwhile.",
                      List.of(
                          new Switch(
                              "--dry-run", "gc.dry_run", "only tell what would be freed"))))));

  /// Commands that share their first word.
  private record Group(String name, String description, List<Row> rows) {}

  /// The second word, and what the command runs.
  private record Row(String name, String playbook, String description, List<Switch> switches) {
    Row(String name, String playbook, String description) {
      this(name, playbook, description, List.of());
    }
  }

  /// An option that sets a setting to true.
  private record Switch(String option, String setting, String description) {}

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

  /// All of them below their groups, by the name of the group.
  static Map<String, Supplier<CommandLine>> all(Terminal terminal, Home home) {
    Map<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
    ALL.forEach(group -> all.put(group.name(), () -> describe(group, terminal, home)));
    return all;
  }

  private static CommandLine describe(Group group, Terminal terminal, Home home) {
    CommandLine first = new CommandLine(new CommandGroup());
    first.getCommandSpec().usageMessage().description(group.description());
    for (Row row : group.rows()) {
      CommandLine second = new CommandLine(new ShippedCommand(row, terminal, home));
      second.getCommandSpec().usageMessage().description(row.description());
      first.addSubcommand(row.name(), second);
    }
    return first;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new Execution(home, arguments, play, terminal)
        .run(home.playbook(row.playbook()), true)
        .number();
  }
}
