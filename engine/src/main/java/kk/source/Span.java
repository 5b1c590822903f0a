package kk.source;

/// A stretch of text on one line: where something stands, so that a problem can point at it.
///
/// @param line counted from 1; 0 means the source as a whole
/// @param column counted from 1, in characters
/// @param length how many characters to underline, at least 1
public record Span(Source source, int line, int column, int length) implements Comparable<Span> {

  public Span {
    length = Math.max(1, length);
  }

  /// The source as a whole, for problems that no line is to blame for.
  public static Span whole(Source source) {
    return new Span(source, 0, 0, 1);
  }

  /// The same place, underlined for another length.
  public Span withLength(int newLength) {
    return new Span(source, line, column, newLength);
  }

  /// `file:line`, the form that terminals and editors make clickable.
  public String fileAndLine() {
    return line == 0 ? source.name() : source.name() + ":" + line;
  }

  @Override
  public int compareTo(Span other) {
    int byName = source.name().compareTo(other.source.name());
    if (byName != 0) {
      return byName;
    }
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return line == 0 ? source.name() : source.name() + ":" + line + ":" + column;
  }
}
