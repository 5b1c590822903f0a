package kk.cli.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.load.KeyValueText;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;

/// Reads `-e`: pairs, whose values are texts; a mapping in YAML or JSON; or `@FILE` with one.
final class ExtraVars {
  private ExtraVars() {}

  /// All given variables, a later one over an earlier one.
  static Map<String, Object> of(List<String> given) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String text : given) {
      all.putAll(one(text.strip()));
    }
    return all;
  }

  private static Map<String, Object> one(String text) {
    if (text.startsWith("@")) {
      Path file = Path.of(text.substring(1));
      try {
        return mapping(new Source(file.toString(), Files.readString(file)));
      } catch (IOException e) {
        throw new ProblemsFound(
            Problem.of(
                "unreadable-file",
                Span.whole(new Source("-e", text)),
                "Unable to retrieve file contents\nCould not find or access '"
                    + file.toAbsolutePath()
                    + "'"));
      }
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return mapping(new Source("-e", text));
    }
    Map<String, Object> pairs = new LinkedHashMap<>();
    Source source = new Source("-e", text);
    for (KeyValueText.Pair pair : KeyValueText.pairs(text)) {
      pairs.put(pair.key(), Template.orText(pair.value(), new Span(source, 1, 1, 1), 0));
    }
    return pairs;
  }

  private static Map<String, Object> mapping(Source source) {
    Problems problems = new Problems();
    Optional<YamlNode> node = YamlReader.read(source, problems);
    problems.throwIfErrors();
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping mapping) {
      return mapping.value(Template::orText);
    }
    if (node.isEmpty() || (node.get() instanceof YamlNode.Scalar text && text.isNull())) {
      return Map.of();
    }
    throw new ProblemsFound(
        Problem.of("set-form", Span.whole(source), "variables have to be a mapping"));
  }
}
