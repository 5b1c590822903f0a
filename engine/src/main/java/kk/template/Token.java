package kk.template;

import org.jspecify.annotations.Nullable;

/// A word of an expression.
///
/// @param text as written, except for a string, where it is what the quotes contain
/// @param value of a number
record Token(Kind kind, int offset, int length, String text, @Nullable Object value) {

  enum Kind {
    NAME,
    STRING,
    NUMBER,
    SIGN,
    END
  }

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }

  /// How to quote it in a message.
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case STRING -> "a string";
      case NAME, NUMBER, SIGN -> "`" + text + "`";
    };
  }
}
