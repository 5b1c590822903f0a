package kk.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// A command that runs one of kk's own playbooks. A new one takes a row in [#ALL].
final class ShippedCommand implements Callable<Integer> {
  private static final Setting FROM_BUNDLE =
      new Setting(
          "--artifact",
          "artifact.artifact_file",
          Kind.FILE,
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
                              Kind.FLAG,
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
                              Kind.NAME,
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
                              Kind.NAME,
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
                              Kind.FLAG,
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
                              "--to", "artifact.output", Kind.FILE, "where to write the bundle"))),
                  new Row(
                      "images",
                      "artifact_images",
                      "Pulls images to this machine and pushes them into the registry, without a"
                          + " container engine.",
                      List.of(
                          new Setting("--pull", "artifact.pull", Kind.FLAG, "only pull"),
                          new Setting("--push", "artifact.push", Kind.FLAG, "only push"))),
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
  /// @param kind what value it takes
  private record Setting(String option, String name, Kind kind, String description) {}

  private enum Kind {
    FLAG,
    FILE,
    NAME
  }

  private final RunArguments arguments = new RunArguments();
  private final PlayArguments play = new PlayArguments();

  private final Row row;
  private final Terminal terminal;
  private final Home home;
  private final List<String> flags = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private Optional<Path> next = Optional.empty();

  private ShippedCommand(Row row, Terminal terminal, Home home) {
    this.row = row;
    this.terminal = terminal;
    this.home = home;
  }

  /// All of them below their groups, by the name of the group.
  static Map<String, Supplier<Syntax>> all(Terminal terminal, Home home) {
    Map<String, Supplier<Syntax>> all = new LinkedHashMap<>();
    ALL.forEach(group -> all.put(group.name(), () -> syntax(group, terminal, home)));
    return all;
  }

  private static Syntax syntax(Group group, Terminal terminal, Home home) {
    return Syntax.group(
        group.name(),
        group.description(),
        group.rows().stream()
            .map(row -> new ShippedCommand(row, terminal, home).syntax())
            .toList());
  }

  private Syntax syntax() {
    Syntax syntax = Syntax.of(row.name(), row.description(), this).with(arguments).with(play);
    row.settings().forEach(each -> describe(each, syntax));
    if (row.leadsOn()) {
      syntax.option(
          "--then",
          "PLAYBOOK",
          "what to run on the same inventory when all is well",
          Path.class,
          file -> next = Optional.of(file));
    }
    return syntax;
  }

  private void describe(Setting each, Syntax syntax) {
    switch (each.kind()) {
      case FLAG ->
          syntax.flag(each.option(), each.description(), () -> flags.add(each.name() + "=true"));
      case FILE ->
          syntax.option(
              each.option(),
              "FILE",
              each.description(),
              Path.class,
              file -> take(each, file.toAbsolutePath().toString()));
      case NAME -> syntax.text(each.option(), "NAME", each.description(), name -> take(each, name));
    }
  }

  private void take(Setting each, String value) {
    texts.add(each.name() + "=" + value.replace(",", "\\,"));
  }

  @Override
  public Integer call() throws InterruptedException {
    arguments.set.addAll(flags);
    arguments.setString.addAll(texts);
    Execution execution = new Execution(home, arguments, play, terminal);
    ExitCode code = execution.run(home.playbook(row.playbook()), true, next);
    return (code == ExitCode.DONE && next.isPresent() ? execution.run(next.get(), false) : code)
        .number();
  }
}
