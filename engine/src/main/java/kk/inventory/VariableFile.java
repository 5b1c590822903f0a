package kk.inventory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;

/// Reads files with a mapping of variables, encrypted ones too.
///
/// @param vault opens files that are encrypted
/// @param problems takes what can't be read
public record VariableFile(Vault vault, Problems problems) {

  /// The variables of a file; none when it has a problem.
  ///
  /// @param unreadable what to say when it can't be read
  public Map<String, Object> read(Path file, String unreadable) {
    Source source = new Source(file.toString(), "");
    try {
      source = vault.read(file, file.toString());
      return vault.keep(source, mapping(source));
    } catch (ProblemsFound found) {
      problems.addAll(found.problems());
    } catch (IOException e) {
      problems.add(Problem.of("unreadable-file", Span.whole(source), unreadable));
    }
    return Map.of();
  }

  /// The variables of a text in YAML or JSON; an empty one has none.
  public Map<String, Object> mapping(Source source) {
    Optional<YamlNode> node = YamlReader.read(source, problems);
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping mapping) {
      return mapping.value(Template::orText);
    }
    if (node.isPresent() && !(node.get() instanceof YamlNode.Scalar text && text.isNull())) {
      problems.add(Problem.of("wrong-form", node.get().at(), "variables have to be a mapping"));
    }
    return Map.of();
  }
}
