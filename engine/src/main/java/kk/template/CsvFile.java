package kk.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lookup `csvfile`: a cell of the row whose first cell is the term.
final class CsvFile {
  private static final List<String> FOLDERS = List.of("files");

  private CsvFile() {}

  static List<@Nullable Object> lookup(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> cells = new ArrayList<>();
    String delimiter = args.text("delimiter", "TAB");
    char separator =
        delimiter.equals("TAB") || delimiter.equals("\\t") ? '\t' : delimiter.charAt(0);
    for (Object term : terms) {
      String text =
          args.evaluator()
              .session()
              .files()
              .read(
                  Files.require(
                      args.text("file", "ansible.csv"), FOLDERS, args.evaluator().scope()))
              .text();
      String key = Printing.text(term);
      List<String> row = row(text, separator, key, args.integer("keycol", 0));
      int column = args.integer("col", 1);
      if (row != null && column < row.size()) {
        cells.add(row.get(column));
      } else if (args.value("default") != null) {
        cells.add(args.value("default"));
      }
    }
    return cells;
  }

  private static @Nullable List<String> row(
      String text, char separator, String key, int keyColumn) {
    for (String line : Splitting.lines(text, false)) {
      List<String> cells = cells(line, separator);
      if (keyColumn < cells.size() && cells.get(keyColumn).equals(key)) {
        return cells;
      }
    }
    return null;
  }

  private static List<String> cells(String line, char separator) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && line.startsWith("\"\"", i)) {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
