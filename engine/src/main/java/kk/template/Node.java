package kk.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as it was written. Every node knows the stretch of text that a problem with it
/// should point at: the name of an attribute, the sign of an operator.
sealed interface Node {
  int offset();

  int length();

  /// A number, a string, `true`, `false` or `none`.
  record Literal(int offset, int length, @Nullable Object value) implements Node {}

  record Name(int offset, int length, String name) implements Node {}

  /// The text between a block tag and its end, which `{% filter %}` hands to its filters.
  record Body(int offset, int length) implements Node {}

  record ListOf(int offset, int length, List<Node> items) implements Node {}

  record TupleOf(int offset, int length, List<Node> items) implements Node {}

  record MapOf(int offset, int length, List<Node> keys, List<Node> values) implements Node {}

  /// `of.name`
  record Attribute(int offset, int length, Node of, String name) implements Node {}

  /// `of[key]`
  record Item(int offset, int length, Node of, Node key) implements Node {}

  /// `of[from:to:step]`
  record Slice(
      int offset, int length, Node of, @Nullable Node from, @Nullable Node to, @Nullable Node step)
      implements Node {}

  record Call(int offset, int length, Node callee, Given given) implements Node {}

  /// `input | operation(…)`; the operation is null when there is none of that name.
  record Filtered(
      int offset, int length, Node input, String name, @Nullable Operation operation, Given given)
      implements Node {}

  /// `input is operation(…)`; the operation is null when there is none of that name.
  record Tested(
      int offset,
      int length,
      Node input,
      String name,
      @Nullable Operation operation,
      Given given,
      boolean negated)
      implements Node {}

  /// `-x` or `+x`
  record Signed(int offset, int length, boolean negative, Node operand) implements Node {}

  record Binary(int offset, int length, Operator operator, Node left, Node right) implements Node {}

  /// `a < b <= c`: true when every neighbouring pair compares.
  record Comparison(int offset, int length, Node first, List<Compared> rest) implements Node {}

  record Compared(int offset, int length, Relation relation, Node with) {}

  record Not(int offset, int length, Node operand) implements Node {}

  record And(int offset, int length, Node left, Node right) implements Node {}

  record Or(int offset, int length, Node left, Node right) implements Node {}

  /// `then if condition else otherwise`
  record Choice(int offset, int length, Node condition, Node then, @Nullable Node otherwise)
      implements Node {}

  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    REMAINDER("%"),
    POWER("**"),
    CONCATENATE("~");

    final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  enum Relation {
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    NOT_IN("not in");

    final String sign;

    Relation(String sign) {
      this.sign = sign;
    }
  }

  /// The arguments of a call as written: `f(1, *more, name=2, **named)`.
  record Given(
      List<Node> positional, List<Named> named, @Nullable Node more, @Nullable Node moreNamed) {
    static final Given NOTHING = new Given(List.of(), List.of(), null, null);
  }

  record Named(String name, Node value) {}
}
