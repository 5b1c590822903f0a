package kk.template;

/// A stretch of a template.
sealed interface Piece {

  record Text(String text) implements Piece {}

  /// `{{ … }}`
  record Output(Node node) implements Piece {}

  /// `{% … %}`
  record Tag(int offset, int length, Statement statement) implements Piece {}
}
