package kk.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.Installed;
import kk.inventory.Inventory;
import kk.inventory.InventoryReader;
import kk.load.Checks;
import kk.load.PlaybookLoader;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.report.Broadcast;
import kk.report.EventsFile;
import kk.run.Prompter;
import kk.run.RunEvent;
import kk.run.RunOptions;
import kk.run.RunRequest;
import kk.run.StopRequest;
import kk.source.Source;
import kk.source.Span;
import kk.spi.Secret;
import kk.template.JinjaTemplates;
import kk.template.LookupManners;
import kk.template.Scope;
import kk.template.Templates;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.variables.Manners;
import kk.variables.VariableStore;
import kk.vault.Vault;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;
import org.jspecify.annotations.Nullable;

/// What every command works with that reads playbooks or inventories, whichever dialect its command
/// line speaks: loader, inventory, variables, templates, and what a run is made of.
public final class Workbench {
  private final Choices choices;
  private final Problems problems;
  private final Installed installed = Installed.onClassPath();
  private final Templates templates;

  /// What a command line has chosen.
  ///
  /// @param inventories as given with `-i`
  /// @param roles folders with roles that every playbook may use
  /// @param checks when mistakes in a playbook are told
  /// @param given layers of variables from the command line, lowest first
  /// @param manners how variables are treated
  /// @param vault opens what is encrypted
  /// @param lookups how lookups behave
  public record Choices(
      List<String> inventories,
      List<Path> roles,
      Checks checks,
      List<Layer> given,
      Manners manners,
      Vault vault,
      LookupManners lookups) {}

  /// A workbench for one command.
  ///
  /// @param problems takes what is found wrong
  public Workbench(Choices choices, Problems problems) {
    this.choices = choices;
    this.problems = problems;
    this.templates =
        new JinjaTemplates(
            installed.filters(), Workbench::fromYaml, choices.vault(), choices.lookups());
  }

  public Problems problems() {
    return problems;
  }

  public Templates templates() {
    return templates;
  }

  /// A loader whose problems are this workbench's.
  public PlaybookLoader loader() {
    return new PlaybookLoader(
        installed, templates, choices.roles(), choices.checks(), this::known, problems);
  }

  private Scope known(Map<String, Object> vars) {
    List<Layer> layers = new ArrayList<>(List.of(Layer.trusted("vars of the playbook", vars)));
    layers.addAll(choices.given());
    return HostVariables.of(layers, templates);
  }

  /// Sources of hosts as a playbook is told of them: files by their whole path.
  public List<String> inventorySources() {
    return choices.inventories().stream()
        .map(
            source ->
                source.contains(",")
                    ? source
                    : Path.of(source).toAbsolutePath().normalize().toString())
        .toList();
  }

  /// The inventory.
  ///
  /// @param playbookFolder its `group_vars` and `host_vars` count too
  /// @param into takes what is wrong with the sources
  public Inventory inventory(Optional<Path> playbookFolder, Problems into) {
    boolean merges = choices.manners().mergesMappings();
    Inventory inventory =
        InventoryReader.read(choices.inventories(), merges, choices.vault(), into);
    return playbookFolder
        .map(
            folder ->
                InventoryReader.withAdjacent(inventory, folder, merges, choices.vault(), problems))
        .orElse(inventory);
  }

  public VariableStore variables(Inventory inventory) {
    return new VariableStore(inventory, templates, choices.given(), choices.manners());
  }

  /// A run.
  ///
  /// @param playbookFolder as for [#inventory]
  /// @param reporters are told what happens, in this order
  public RunRequest request(
      RunOptions options,
      VariableStore variables,
      PlaybookLoader loader,
      Optional<Path> playbookFolder,
      Prompter prompter,
      List<RunEvent.Listener> reporters,
      StopRequest stop) {
    List<RunEvent.Listener> listeners = new ArrayList<>(reporters);
    Optional.ofNullable(System.getenv("KK_EVENTS_FILE"))
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> listeners.addFirst(new EventsFile(Path.of(name))));
    return new RunRequest(
        options,
        installed,
        templates,
        variables,
        loader,
        problems,
        () -> inventory(playbookFolder, problems),
        prompter,
        new Broadcast(listeners),
        stop);
  }

  /// The password that is alone in a file.
  public static Secret passwordIn(Path file) {
    try {
      return new Secret(java.nio.file.Files.readString(file).strip());
    } catch (java.io.IOException e) {
      throw new ProblemsFound(
          Problem.of(
              "unreadable-file",
              Span.whole(new Source(file.toString(), "")),
              "`" + file + "` can't be read"));
    }
  }

  /// The value of a text in YAML, with no template in it.
  ///
  /// @throws IllegalArgumentException when it is no YAML
  public static @Nullable Object fromYaml(String text) {
    Problems found = new Problems();
    Optional<YamlNode> node = YamlReader.read(new Source("text", text), found);
    if (found.hasErrors()) {
      throw new IllegalArgumentException("it is no YAML: " + found.sorted().getFirst().title());
    }
    return node.map(tree -> tree.value((value, at, indent) -> value)).orElse(null);
  }
}
