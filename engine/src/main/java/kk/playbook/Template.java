package kk.playbook;

import kk.source.Span;

/// Text with `{{ … }}` or `{% … %}` in it, written by somebody the user trusts: a playbook, a role,
/// an inventory, the command line. Only such text is ever rendered. What a host answered is a plain
/// `String`, and nothing turns a `String` into a `Template` behind a reader's back.
///
/// @param text what to render
/// @param at where the first character of the text stands
/// @param indent how many columns the text's further lines are indented in the source
public record Template(String text, Span at, int indent) {

  public Template(String text, Span at) {
    this(text, at, 0);
  }

  /// Whether there is anything to render in a text.
  public static boolean isIn(String text) {
    return text.contains("{{") || text.contains("{%") || text.contains("{#");
  }

  /// A template when there is anything to render in the text, else the text itself.
  public static Object orText(String text, Span at, int indent) {
    return isIn(text) ? new Template(text, at, indent) : text;
  }

  /// Where a part of the text stands in its source.
  public Span spanOf(int offset, int length) {
    return spanOf(text, at, indent, offset, length);
  }

  static Span spanOf(String text, Span at, int indent, int offset, int length) {
    if (at.line() == 0) {
      return at;
    }
    int line = 0;
    int lineStart = 0;
    int end = Math.clamp(offset, 0, text.length());
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = (line == 0 ? at.column() : indent + 1) + end - lineStart;
    return new Span(at.source(), at.line() + line, column, length);
  }
}
