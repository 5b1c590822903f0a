package kk.template;

import java.util.Optional;
import kk.problem.Problem;
import kk.problem.Similar;
import kk.source.Span;

/// Something that is wrong with a text whatever the variables are. It knows offsets only, so that a
/// text that occurs in many places is read once.
record Flaw(String id, int offset, int length, String title, Optional<String> hint) {

  static Flaw syntax(int offset, int length, String title) {
    return new Flaw("template-syntax", offset, length, title, Optional.empty());
  }

  /// There is no filter, test or lookup of that name.
  static Flaw unknown(String what, Token name, Iterable<String> known) {
    return unknown(what, name.offset(), name.length(), name.text(), known);
  }

  static Flaw unknown(String what, int offset, int length, String name, Iterable<String> known) {
    Optional<String> hint = Similar.to(name, known).map(near -> "did you mean `" + near + "`?");
    return new Flaw(
        "unknown-" + what, offset, length, "there is no " + what + " `" + name + "`", hint);
  }

  Flaw hint(String text) {
    return new Flaw(id, offset, length, title, Optional.of(text));
  }

  Problem problem(Locator locator) {
    return located(locator.span(offset, length));
  }

  private Problem located(Span span) {
    Problem problem = Problem.of(id, span, title);
    return hint.map(problem::hint).orElse(problem);
  }
}
