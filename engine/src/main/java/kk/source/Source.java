package kk.source;

import java.util.List;

/// A text somebody wrote, and the name under which its writer knows it: a path, `--set`, an
/// environment variable.
///
/// @param isHidden whether the text was encrypted, so that none of it may be shown
public record Source(String name, String text, boolean isHidden) {
  public Source(String name, String text) {
    this(name, text, false);
  }

  /// A source that was encrypted.
  public static Source hidden(String name, String text) {
    return new Source(name, text, true);
  }

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
