package kk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.Installed;
import kk.inventory.Inventory;
import kk.inventory.InventoryReader;
import kk.load.Checks;
import kk.load.PlaybookLoader;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Source;
import kk.source.Span;
import kk.template.JinjaTemplates;
import kk.template.Templates;
import kk.variables.Layer;
import kk.variables.VariableStore;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;
import org.jspecify.annotations.Nullable;

/// What commands work with, made from their options: inventory, variables, templates, a loader.
final class Workbench {
  private static final List<String> CONFIG_KEYS = List.of("apiVersion", "kind", "metadata", "spec");

  private final Problems problems = new Problems();
  private final Home home;
  private final RunArguments arguments;
  private final Installed installed = Installed.onClassPath();
  private final Templates templates;
  private final SetOption set = new SetOption(problems);
  private final Map<String, Object> config = new LinkedHashMap<>();

  Workbench(Home home, RunArguments arguments) {
    this.home = home;
    this.arguments = arguments;
    this.templates = new JinjaTemplates(installed.filters(), this::fromYaml);
    arguments.configs.forEach(this::readConfig);
    arguments.set.forEach(set::add);
    arguments.setString.forEach(set::addString);
    arguments.setJson.forEach(text -> keyAndValue(text, "--set-json", this::fromYaml));
    arguments.setFile.forEach(text -> keyAndValue(text, "--set-file", this::fileText));
    arguments.extraVars.forEach(this::extraVars);
  }

  Problems problems() {
    return problems;
  }

  Installed installed() {
    return installed;
  }

  Templates templates() {
    return templates;
  }

  SetOption set() {
    return set;
  }

  Map<String, Object> config() {
    return config;
  }

  Path workDir() {
    return arguments.workDir.toAbsolutePath().normalize();
  }

  PlaybookLoader loader(Problems into) {
    return new PlaybookLoader(
        installed, templates, List.of(home.roles()), Checks.BEFORE_THE_RUN, into);
  }

  /// The inventories of `-i`, or one that knows this machine alone.
  ///
  /// @param playbookFolder its `group_vars` and `host_vars` count too
  Inventory inventory(Optional<Path> playbookFolder) {
    Inventory inventory =
        arguments.inventories.isEmpty()
            ? InventoryReader.read(List.of(home.localInventory().toString()), problems)
            : InventoryReader.read(arguments.inventories, problems);
    return playbookFolder
        .map(folder -> InventoryReader.withAdjacent(inventory, folder, problems))
        .orElse(inventory);
  }

  VariableStore variables(Inventory inventory) {
    return new VariableStore(
        inventory,
        templates,
        List.of(
            Layer.trusted("--workdir", Map.of("work_dir", workDir().toString())),
            Layer.merged("--config", config),
            Layer.merged("--set", set.values())));
  }

  private void readConfig(Path file) {
    Span whole = Span.whole(new Source(file.toString(), ""));
    try {
      Source source = new Source(file.toString(), Files.readString(file));
      if (!(YamlReader.read(source, problems).orElse(null) instanceof YamlNode.Mapping document)) {
        problems.add(Problem.of("config-form", whole, "a configuration has to be a mapping"));
        return;
      }
      for (YamlNode.Entry entry : document.entries()) {
        if (!CONFIG_KEYS.contains(entry.key().text())) {
          problems.add(
              Problem.of(
                      "unknown-key",
                      entry.key().at(),
                      "a configuration has no key `" + entry.key().text() + "`")
                  .note("there may be: " + String.join(", ", CONFIG_KEYS))
                  .suggest(entry.key().text(), CONFIG_KEYS));
        }
      }
      if (document.find("spec").orElse(null) instanceof YamlNode.Mapping spec) {
        config.putAll(spec.value(Template::orText));
      }
    } catch (IOException e) {
      problems.add(Problem.of("unreadable-file", whole, "the configuration can't be read"));
    }
  }

  private interface Reading {
    @Nullable Object read(String text);
  }

  private void keyAndValue(String text, String option, Reading reading) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      problems.add(
          Problem.of(
              "set-form",
              new Span(new Source(option, text), 1, 1, text.length()),
              "`" + text + "` is not of the form key=value"));
      return;
    }
    try {
      set.addValue(text.substring(0, equals), reading.read(text.substring(equals + 1)), option);
    } catch (IllegalArgumentException e) {
      problems.add(
          Problem.of(
              "set-form",
              new Span(new Source(option, text), 1, equals + 2, text.length()),
              "the value of `" + text.substring(0, equals) + "` can't be read: " + e.getMessage()));
    }
  }

  private void extraVars(String text) {
    if (text.startsWith("@")) {
      mapping(fileText(text.substring(1)), text);
    } else if (text.strip().startsWith("{")) {
      mapping(text, text);
    } else {
      // a pair given this way is always text, and blanks separate
      for (String pair : new ArrayList<>(List.of(text.strip().split("\\s+(?=\\w+=)", -1)))) {
        keyAndValue(
            pair, "-e", value -> Template.orText(value, Span.whole(new Source("-e", pair)), 0));
      }
    }
  }

  /// Sets all that a mapping in YAML or JSON holds.
  ///
  /// @param text what was given, for a problem
  private void mapping(String yaml, String text) {
    @Nullable Object value = null;
    try {
      value = fromYaml(yaml);
    } catch (IllegalArgumentException e) {
      problems.add(
          Problem.of(
              "set-form",
              Span.whole(new Source("-e", text)),
              "`-e " + text + "` can't be read: " + e.getMessage()));
      return;
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> set.addValue(String.valueOf(key), entry, "-e"));
    } else {
      problems.add(
          Problem.of(
              "set-form",
              Span.whole(new Source("-e", text)),
              "`-e " + text + "` holds no mapping"));
    }
  }

  private String fileText(String name) {
    try {
      return Files.readString(Path.of(name));
    } catch (IOException e) {
      problems.add(
          Problem.of(
              "unreadable-file", Span.whole(new Source(name, "")), "`" + name + "` can't be read"));
      return "";
    }
  }

  private @Nullable Object fromYaml(String text) {
    Problems found = new Problems();
    Optional<YamlNode> node = YamlReader.read(new Source("text", text), found);
    if (found.hasErrors()) {
      throw new IllegalArgumentException("it is no YAML: " + found.sorted().getFirst().title());
    }
    return node.map(tree -> tree.value((value, at, indent) -> value)).orElse(null);
  }
}
