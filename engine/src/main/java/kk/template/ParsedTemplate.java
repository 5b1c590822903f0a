package kk.template;

import java.util.List;

/// A template that has been read.
///
/// @param number tells it from all others
/// @param flaws what keeps it from being rendered
/// @param hasTags whether it needs more than putting texts and values in a row
record ParsedTemplate(long number, List<Piece> pieces, List<Flaw> flaws, boolean hasTags) {

  /// Whether it is nothing but one `{{ … }}`, so that its value keeps its type.
  boolean isSingleOutput() {
    return pieces.size() == 1 && pieces.getFirst() instanceof Piece.Output;
  }
}
