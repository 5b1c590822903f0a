package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the scripts that look for facts have printed: single values, and rows of tables, which are
/// lines that begin with `@` and the table's name.
final class FactLines {
  private final Answer values;
  private final Map<String, List<String>> tables = new LinkedHashMap<>();

  FactLines(String output) {
    List<String> plain = new ArrayList<>();
    for (String line : output.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (line.startsWith("@") && space > 0) {
        tables
            .computeIfAbsent(line.substring(1, space), _ -> new ArrayList<>())
            .add(line.substring(space + 1));
      } else {
        plain.add(line);
      }
    }
    values = Answer.of(plain.toArray(String[]::new));
  }

  Answer values() {
    return values;
  }

  /// The rows of a table, without its name.
  List<String> rows(String table) {
    return tables.getOrDefault(table, List.of());
  }
}
