package kk.template;

import java.util.List;

/// A template that has been read.
///
/// @param flaws what keeps it from being rendered
record ParsedTemplate(List<Piece> pieces, List<Flaw> flaws) {

  /// Whether it is nothing but one `{{ … }}`, so that its value keeps its type.
  boolean isSingleOutput() {
    return pieces.size() == 1 && pieces.getFirst() instanceof Piece.Output;
  }
}
