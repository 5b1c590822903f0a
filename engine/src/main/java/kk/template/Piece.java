package kk.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a template.
sealed interface Piece {

  record Text(String text) implements Piece {}

  /// `{{ … }}`
  record Output(Node node) implements Piece {}

  /// `{% … %}`
  ///
  /// @param body what stands between it and the next tag that belongs to it
  /// @param next the `elif` or `else` that goes on with it
  record Tag(int offset, int length, Statement statement, List<Piece> body, @Nullable Tag next)
      implements Piece {}
}
