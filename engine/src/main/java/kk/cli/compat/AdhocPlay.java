package kk.cli.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.source.Source;
import kk.template.Json;

/// The playbook that an ad-hoc call comes to: one play with one task. JSON is YAML.
final class AdhocPlay {
  private AdhocPlay() {}

  static Source source(String pattern, AdhocDialect dialect) {
    Map<String, Object> task = new LinkedHashMap<>();
    if (dialect.arguments.isBlank()) {
      task.put(dialect.module, null);
    } else if (dialect.arguments.strip().startsWith("{")) {
      task.put(dialect.module, new Raw(dialect.arguments));
    } else {
      task.put(dialect.module, dialect.arguments);
    }
    if (dialect.background > 0) {
      task.put("async", (long) dialect.background);
      task.put("poll", (long) dialect.poll);
    }
    Map<String, Object> play = new LinkedHashMap<>();
    play.put("name", "Ansible Ad-Hoc");
    play.put("hosts", pattern);
    play.put("gather_facts", false);
    play.put("tasks", new ArrayList<>(List.of(task)));
    String json = new Json(1, false, false, ",", ": ").write(List.of(play));
    if (dialect.arguments.strip().startsWith("{")) {
      json = json.replace("\"" + Raw.MARK + "\"", dialect.arguments.strip());
    }
    return new Source("__adhoc_playbook__", json);
  }

  /// Stands where the arguments are JSON already.
  private record Raw(String arguments) {
    static final String MARK = "arguments of the command line";

    @Override
    public String toString() {
      return MARK;
    }
  }
}
