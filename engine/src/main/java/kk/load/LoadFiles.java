package kk.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.source.Span;
import kk.vault.Vault;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;

/// Finds and reads the files of a run: playbooks, task lists, variables.
final class LoadFiles {
  private static final List<String> ENDINGS = List.of("", ".yaml", ".yml", ".json");

  private final Vault vault;
  private final Problems problems;

  /// @param vault opens files that are encrypted
  LoadFiles(Vault vault, Problems problems) {
    this.vault = vault;
    this.problems = problems;
  }

  /// The file of that name, also when its ending is left out.
  static Optional<Path> find(Path folder, String name) {
    return ENDINGS.stream()
        .map(ending -> folder.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /// Reads a YAML file; nothing when it is empty or has syntax problems, which are then collected.
  Optional<YamlNode> read(Path file, Span askedAt) {
    try {
      return YamlReader.read(vault.read(file, shown(file)), problems);
    } catch (ProblemsFound found) {
      found.problems().forEach(problems::add);
      return Optional.empty();
    } catch (IOException e) {
      problems.add(
          Problem.of("unreadable-file", askedAt, "`" + shown(file) + "` can't be read")
              .note(Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file"));
      return Optional.empty();
    }
  }

  /// Variables of a role: the file of that name in a folder, or all files of a folder of that name.
  Map<String, Object> variables(Path folder, String name, Span askedAt) {
    Map<String, Object> variables = new LinkedHashMap<>();
    Optional<Path> file = find(folder, name);
    if (file.isPresent()) {
      variables.putAll(variablesOf(file.get(), askedAt));
    } else if (Files.isDirectory(folder.resolve(name))) {
      for (Path part : filesIn(folder.resolve(name))) {
        variables.putAll(variablesOf(part, askedAt));
      }
    }
    return variables;
  }

  /// The mapping in a file, templates in it unrendered.
  Map<String, Object> variablesOf(Path file, Span askedAt) {
    Optional<YamlNode> node = read(file, askedAt);
    if (node.isPresent() && !(node.get() instanceof YamlNode.Mapping)) {
      boolean empty = node.get() instanceof YamlNode.Scalar scalar && scalar.isNull();
      if (!empty) {
        problems.add(
            Problem.of(
                "wrong-form",
                node.get().at(),
                "a file of variables has to be a mapping, not " + node.get().kind()));
      }
      return Map.of();
    }
    return node.map(mapping -> ((YamlNode.Mapping) mapping).value(Template::orText))
        .map(values -> vault.keep(node.get().at().source(), values))
        .orElse(Map.of());
  }

  private static List<Path> filesIn(Path folder) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(Files::isRegularFile).sorted().forEach(files::add);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }

  /// A path as the user would write it: relative to where they are, when it lies below.
  static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
