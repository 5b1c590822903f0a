package kk.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression that has been read.
///
/// @param node null when it could not be read to the end
/// @param flaws what keeps it from being evaluated
record ParsedExpression(@Nullable Node node, List<Flaw> flaws) {

  static ParsedExpression read(String text, Library library) {
    List<Flaw> flaws = new ArrayList<>();
    Node node = null;
    try {
      node = new Parser(Lexer.expression(text), library, flaws).whole();
    } catch (FlawFound found) {
      flaws.add(found.flaw());
    }
    return new ParsedExpression(node, List.copyOf(flaws));
  }
}
