package kk.source;

import java.util.List;

/// A text somebody wrote, and the name under which its writer knows it: a path, `--set`, an
/// environment variable.
public record Source(String name, String text) {

  /// One line without its line break, counted from 1; empty when there is no such line.
  public String line(int number) {
    List<String> lines = text.lines().toList();
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  /// The name alone: a source's text may hold secrets and does not belong into a log.
  @Override
  public String toString() {
    return name;
  }
}
