package kk.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kk.inventory.VariableFile;
import kk.load.KeyValueText;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.PlacedMap;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;

/// Reads `-e`: pairs, whose values are texts; a mapping in YAML or JSON; or `@FILE` with one.
public final class ExtraVars {
  private final VariableFile files;
  private final Problems problems;

  private ExtraVars(Vault vault, Problems problems) {
    this.files = new VariableFile(vault, problems);
    this.problems = problems;
  }

  /// All given variables, a later one over an earlier one.
  ///
  /// @param vault opens files that are encrypted
  /// @param problems takes what can't be read
  public static Map<String, Object> of(List<String> given, Vault vault, Problems problems) {
    Map<String, Object> all = new PlacedMap();
    given.forEach(text -> all.putAll(new ExtraVars(vault, problems).one(text.strip())));
    return all;
  }

  private Map<String, Object> one(String text) {
    Source source = new Source("-e", text);
    if (text.startsWith("@")) {
      Path file = Path.of(text.substring(1));
      return files.read(
          file,
          "Unable to retrieve file contents\nCould not find or access '"
              + file.toAbsolutePath()
              + "'");
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return files.mapping(source);
    }
    PlacedMap pairs = new PlacedMap();
    Span at = new Span(source, 1, 1, text.length());
    for (KeyValueText.Pair pair : KeyValueText.pairs(text)) {
      pairs.put(pair.key(), Template.orText(pair.value(), at.withLength(1), 0), at);
    }
    if (pairs.isEmpty() && !text.isEmpty()) {
      problems.add(Problem.of("set-form", at, "`" + text + "` is not of the form key=value"));
    }
    return pairs;
  }
}
