package kk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import kk.load.ArgumentSpecs;
import kk.load.Checks;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.report.Redactor;
import kk.run.Prompter;
import kk.source.PlacedMap;
import kk.source.Source;
import kk.source.Span;
import kk.template.LookupManners;
import kk.variables.Layer;
import kk.variables.Manners;
import kk.vault.Vault;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;
import org.jspecify.annotations.Nullable;

/// The variables that kk's own command line gives: those of `--config`, and over them those of
/// `--set` and its kin.
final class GivenVariables {
  private static final List<String> CONFIG_KEYS = List.of("apiVersion", "kind", "metadata", "spec");

  private final RunArguments arguments;
  private final Vault vault;
  private final Problems problems = new Problems();
  private final SetOption set = new SetOption(problems);
  private final Map<String, Object> config = new PlacedMap();

  /// Reads them.
  ///
  /// @param prompter asks for a vault password
  /// @param secrets is told what encrypted values come to
  GivenVariables(RunArguments arguments, Prompter prompter, Consumer<String> secrets) {
    this.arguments = arguments;
    this.vault = new Vault(arguments.vault.keys(List.of(), prompter), secrets);
    arguments.configs.forEach(this::readConfig);
    arguments.set.forEach(set::add);
    arguments.setString.forEach(set::addString);
    arguments.setJson.forEach(text -> keyAndValue(text, "--set-json", Workbench::fromYaml));
    arguments.setFile.forEach(text -> keyAndValue(text, "--set-file", this::fileText));
    Map<String, Object> extra = ExtraVars.of(arguments.extraVars, vault, problems);
    extra.forEach((key, value) -> set.addValue(key, value, placeOf(extra, key)));
  }

  private static Span placeOf(Map<String, Object> extra, String key) {
    return PlacedMap.place(extra, key)
        .orElseGet(() -> new Span(new Source("-e", key), 1, 1, key.length()));
  }

  /// A workbench for kk's own dialect, which finds mistakes before the run begins.
  Workbench workbench(Home home) {
    Layer place =
        Layer.trusted(
            "--workdir",
            Map.of("work_dir", arguments.workDir.toAbsolutePath().normalize().toString()));
    return new Workbench(
        new Workbench.Choices(
            arguments.inventories.isEmpty()
                ? List.of(home.localInventory().toString())
                : arguments.inventories,
            List.of(home.roles()),
            Checks.BEFORE_THE_RUN,
            List.of(place, Layer.merged("--config", config), Layer.merged("--set", set.values())),
            Manners.STANDARD,
            vault,
            LookupManners.STANDARD),
        problems);
  }

  /// Refuses what none of a playbook's roles knows.
  void check(ArgumentSpecs specs) {
    for (SetOption.Assignment assignment : set.assignments()) {
      specs.check(assignment.path(), assignment.value(), assignment.at(), problems);
    }
    Span at = Span.whole(new Source("--config", ""));
    config.forEach((key, value) -> specs.check(List.of(key), value, at, problems));
  }

  void teach(Redactor redactor) {
    redactor.learn(set.values());
    redactor.learn(config);
  }

  private void readConfig(Path file) {
    Span whole = Span.whole(new Source(file.toString(), ""));
    try {
      Source source = vault.read(file, file.toString());
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
        config.putAll(vault.keep(source, spec.value(Template::orText)));
      }
    } catch (ProblemsFound found) {
      found.problems().forEach(problems::add);
    } catch (IOException e) {
      problems.add(Problem.of("unreadable-file", whole, "the configuration can't be read"));
    }
  }

  private void keyAndValue(String text, String option, Function<String, @Nullable Object> reading) {
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
      set.addValue(text.substring(0, equals), reading.apply(text.substring(equals + 1)), option);
    } catch (IllegalArgumentException e) {
      problems.add(
          Problem.of(
              "set-form",
              new Span(new Source(option, text), 1, equals + 2, text.length()),
              "the value of `" + text.substring(0, equals) + "` can't be read: " + e.getMessage()));
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
}
