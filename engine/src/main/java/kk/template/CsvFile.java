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
    char separator = separator(args);
    for (Object term : terms) {
      String text =
          args.evaluator()
              .session()
              .files()
              .read(
                  Files.require(
                      args.option("file", "ansible.csv"), FOLDERS, args.evaluator().scope()))
              .text();
      String key = Printing.text(term);
      List<String> row = row(text, separator, key, column(args, "keycol", 0));
      int column = column(args, "col", 1);
      if (row != null) {
        cells.add(cell(row, column));
      } else if (args.value("default") != null) {
        cells.add(args.value("default"));
      }
    }
    return cells;
  }

  private static char separator(Arguments args) {
    String delimiter = args.option("delimiter", "TAB");
    if (delimiter.equals("TAB") || delimiter.equals("\\t")) {
      return '\t';
    }
    if (delimiter.length() != 1) {
      throw Refusal.argument(
          "`delimiter` of `csvfile` must be one character or TAB, not `" + delimiter + "`");
    }
    return delimiter.charAt(0);
  }

  private static int column(Arguments args, String name, int otherwise) {
    String written = args.option(name, Integer.toString(otherwise)).strip();
    if (written.matches("-?\\d{1,6}")) {
      return Integer.parseInt(written);
    }
    throw Refusal.argument(
        "`" + name + "` of `csvfile` must be a whole number, not `" + written + "`");
  }

  /// A cell by its position, counted from the end when it is below zero.
  private static String cell(List<String> row, int column) {
    int at = column < 0 ? row.size() + column : column;
    if (at < 0 || at >= row.size()) {
      throw Refusal.because(
          "the line has " + row.size() + " cells, and there is none at " + column);
    }
    return row.get(at);
  }

  private static @Nullable List<String> row(
      String text, char separator, String key, int keyColumn) {
    for (String line : Splitting.lines(text, false)) {
      List<String> cells = cells(line, separator);
      int at = keyColumn < 0 ? cells.size() + keyColumn : keyColumn;
      if (at >= 0 && at < cells.size() && cells.get(at).equals(key)) {
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
