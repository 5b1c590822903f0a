package kk.playbook;

import kk.source.Span;

/// A bare expression without braces, as it stands under `when`, `that` or `until`; from the same
/// trusted places as a [Template].
///
/// @param text what to evaluate
/// @param at where the first character of the text stands
/// @param indent how many columns the text's further lines are indented in the source
public record Expression(String text, Span at, int indent) {

  public Expression(String text, Span at) {
    this(text, at, 0);
  }

  /// Where a part of the text stands in its source.
  public Span spanOf(int offset, int length) {
    return Template.spanOf(text, at, indent, offset, length);
  }
}
