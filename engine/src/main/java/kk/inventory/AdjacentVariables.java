package kk.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;

/// Variables from a folder `group_vars` or `host_vars`: one file per name, or a folder of files per
/// name.
final class AdjacentVariables {
  private final Vault vault;
  private final Problems problems;

  /// @param vault opens files that are encrypted
  AdjacentVariables(Vault vault, Problems problems) {
    this.vault = vault;
    this.problems = problems;
  }

  /// Variables by the name of the group or host; nothing when there is no such folder.
  Map<String, Map<String, Object>> read(Path folder) {
    Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
    for (Path entry : sorted(folder)) {
      String name = entry.getFileName().toString().replaceFirst("\\.(ya?ml|json)$", "");
      Map<String, Object> vars = byName.computeIfAbsent(name, n -> new LinkedHashMap<>());
      if (Files.isDirectory(entry)) {
        sorted(entry).forEach(file -> vars.putAll(readFile(file)));
      } else {
        vars.putAll(readFile(entry));
      }
    }
    return byName;
  }

  private static List<Path> sorted(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Map<String, Object> readFile(Path file) {
    try {
      Source source = vault.read(file, file.toString());
      return YamlReader.read(source, problems)
          .filter(node -> node instanceof YamlNode.Mapping)
          .map(node -> ((YamlNode.Mapping) node).value(Template::orText))
          .map(values -> vault.keep(source, values))
          .orElse(Map.of());
    } catch (ProblemsFound found) {
      found.problems().forEach(problems::add);
      return Map.of();
    } catch (IOException e) {
      problems.add(
          Problem.of(
              "unreadable-file",
              Span.whole(new Source(file.toString(), "")),
              "the variables can't be read"));
      return Map.of();
    }
  }
}
