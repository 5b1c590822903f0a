package kk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;

/// Files with the name of a host on each line: what `--limit @FILE` reads and a failed run leaves.
public final class HostFile {
  private HostFile() {}

  /// Patterns in which `@FILE` is replaced by what the file holds.
  ///
  /// @throws ProblemsFound when there is no such file
  public static List<String> expanded(List<String> patterns) {
    List<String> expanded = new ArrayList<>();
    for (String pattern : patterns) {
      boolean several = pattern.startsWith("@") || pattern.contains(",@");
      for (String piece : several ? pattern.split(",", -1) : new String[] {pattern}) {
        if (piece.startsWith("@")) {
          expanded.addAll(read(piece.substring(1)));
        } else {
          expanded.add(piece);
        }
      }
    }
    return expanded;
  }

  private static List<String> read(String name) {
    try {
      return Files.readAllLines(Path.of(name)).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new ProblemsFound(
          Problem.of(
              "missing-file",
              Span.whole(new Source("--limit @" + name, "")),
              "Unable to find limit file " + name));
    }
  }

  /// Writes hosts, so that `--limit @FILE` means them.
  public static void write(Path file, SortedSet<String> hosts) throws IOException {
    Files.write(file, hosts);
  }
}
