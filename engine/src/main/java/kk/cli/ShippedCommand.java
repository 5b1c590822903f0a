package kk.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/// A command that runs one of kk's own playbooks. A new one takes a row in [#ALL].
@Command(mixinStandardHelpOptions = true)
final class ShippedCommand implements Callable<Integer> {
  private static final Setting FROM_BUNDLE =
      new Setting(
          "--artifact",
          "artifact.artifact_file",
          Path.class,
          "bundle that has all that is installed; nothing is downloaded");

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
                          + " changes nothing.",
                      List.of(FROM_BUNDLE)))),
          new Group(
              "init",
              "Sets something up.",
              List.of(
                  new Row(
                      "registry",
                      "init_registry",
                      "Installs the image registry on the hosts of the group image_registry.",
                      List.of(FROM_BUNDLE)))),
          new Group(
              "create",
              "Makes something of several stages.",
              List.of(
                  new Row(
                      "cluster",
                      "create_cluster",
                      "Installs the registry of a cluster where there is none, and brings it the"
                          + " images; the cluster itself is made by a playbook of your own.",
                      List.of(FROM_BUNDLE),
                      true))),
          new Group(
              "delete",
              "Removes something.",
              List.of(
                  new Row(
                      "registry",
                      "delete_registry",
                      "Removes the image registry that kk has installed, and nothing else.",
                      List.of(
                          new Setting(
                              "--with-data",
                              "delete.data",
                              boolean.class,
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
                      "sync",
                      "registry_sync",
                      "Brings each Harbor to what the holder of the virtual address has, and tells"
                          + " what differs for good.",
                      List.of(
                          new Setting(
                              "--prefer",
                              "sync.prefer",
                              String.class,
                              "host that is right, whatever the others have"))),
                  new Row(
                      "backup",
                      "registry_backup",
                      "Copies what a Harbor needs to be made again into a folder on its host."),
                  new Row(
                      "restore",
                      "registry_restore",
                      "Brings back what a backup has kept, on each host from its own.",
                      List.of(
                          new Setting(
                              "--from",
                              "backup.name",
                              String.class,
                              "name of the backup, as kk registry backup told it"))),
                  new Row(
                      "upgrade",
                      "registry_upgrade",
                      "Takes Harbor from one version to another, host by host, with a backup."),
                  new Row(
                      "rotate-password",
                      "registry_rotate_password",
                      "Gives the registry's administrator a new password, on all hosts."),
                  new Row(
                      "gc",
                      "registry_gc",
                      "Frees the space of deleted images; docker-registry takes no pushes meanwhile.",
                      List.of(
                          new Setting(
                              "--dry-run",
                              "gc.dry_run",
                              boolean.class,
                              "only tell what would be freed"))))),
          new Group(
              "artifact",
              "Keeps what is installed in one file, for machines without a network.",
              List.of(
                  new Row(
                      "export",
                      "artifact_export",
                      "Downloads all that an installation needs and puts it into a bundle.",
                      List.of(
                          new Setting(
                              "--to", "artifact.output", Path.class, "where to write the bundle"))),
                  new Row(
                      "images",
                      "artifact_images",
                      "Pulls images to this machine and pushes them into the registry, without a"
                          + " container engine.",
                      List.of(
                          new Setting("--pull", "artifact.pull", boolean.class, "only pull"),
                          new Setting("--push", "artifact.push", boolean.class, "only push"))),
                  new Row(
                      "verify",
                      "artifact_verify",
                      "Tells whether a bundle is whole; changes nothing.",
                      List.of(FROM_BUNDLE)))));

  /// Commands that share their first word.
  private record Group(String name, String description, List<Row> rows) {}

  /// The second word, and what the command runs.
  ///
  /// @param leadsOn whether a playbook of the user's own may follow
  private record Row(
      String name, String playbook, String description, List<Setting> settings, boolean leadsOn) {
    Row(String name, String playbook, String description, List<Setting> settings) {
      this(name, playbook, description, settings, false);
    }

    Row(String name, String playbook, String description) {
      this(name, playbook, description, List.of());
    }
  }

  /// An option that is another way to give a setting.
  ///
  /// @param type `boolean` for one without a value, else that of its value
  private record Setting(String option, String name, Class<?> type, String description) {}

  @Mixin RunArguments arguments = new RunArguments();
  @Mixin PlayArguments play = new PlayArguments();

  private final Row row;
  private final Terminal terminal;
  private final Home home;
  private Optional<Path> next = Optional.empty();

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
      ShippedCommand command = new ShippedCommand(row, terminal, home);
      CommandLine second = new CommandLine(command);
      second.getCommandSpec().usageMessage().description(row.description());
      row.settings().forEach(each -> second.getCommandSpec().addOption(command.option(each)));
      if (row.leadsOn()) {
        second.getCommandSpec().addOption(command.then());
      }
      first.addSubcommand(row.name(), second);
    }
    return first;
  }

  private OptionSpec then() {
    return option(
        "--then",
        Path.class,
        "PLAYBOOK",
        "what to run on the same inventory when all is well",
        value -> next = Optional.of((Path) value));
  }

  private OptionSpec option(Setting each) {
    return option(
        each.option(),
        each.type(),
        each.type() == Path.class ? "FILE" : "NAME",
        each.description(),
        value -> {
          if (value instanceof Boolean) {
            arguments.set.add(each.name() + "=" + value);
          } else {
            Object text = value instanceof Path file ? file.toAbsolutePath() : value;
            arguments.setString.add(each.name() + "=" + text.toString().replace(",", "\\,"));
          }
        });
  }

  private static OptionSpec option(
      String name, Class<?> type, String label, String description, Consumer<Object> taken) {
    return OptionSpec.builder(name)
        .type(type)
        .paramLabel(label)
        .description(description)
        .setter(
            new ISetter() {
              @Override
              public <T> T set(T value) {
                // what isn't given is set too: a switch to false, anything else to nothing
                if (value != null && !Boolean.FALSE.equals(value)) {
                  taken.accept(value);
                }
                return value;
              }
            })
        .build();
  }

  @Override
  public Integer call() throws InterruptedException {
    Execution execution = new Execution(home, arguments, play, terminal);
    ExitCode code = execution.run(home.playbook(row.playbook()), true, next);
    return (code == ExitCode.DONE && next.isPresent() ? execution.run(next.get(), false) : code)
        .number();
  }
}
