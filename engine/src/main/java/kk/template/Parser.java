package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kk.template.Node.Given;
import kk.template.Node.Named;
import kk.template.Node.Operator;
import kk.template.Node.Relation;
import kk.template.Token.Kind;
import org.jspecify.annotations.Nullable;

/// Reads tokens into a [Node] with Jinja2's grammar. Names of filters and tests are looked up here,
/// so an unknown one is found even where it would never be reached.
final class Parser extends TokenReader {
  private static final Set<String> NO_TEST_ARGUMENT =
      Set.of("else", "or", "and", "if", "is", "in", "not");

  private final Library library;
  private final List<Flaw> flaws;

  Parser(List<Token> tokens, Library library, List<Flaw> flaws) {
    super(tokens);
    this.library = library;
    this.flaws = flaws;
  }

  /// One expression and nothing behind it. A tuple needs no parentheses.
  Node whole() {
    Node node = tuple();
    end();
    return node;
  }

  /// `a, b` without parentheses is a tuple too.
  Node tuple() {
    Token start = current();
    Node first = expression();
    if (!current().is(Kind.SIGN, ",")) {
      return first;
    }
    List<Node> items = new ArrayList<>();
    items.add(first);
    while (skipSign(",")) {
      if (current().kind() == Kind.END || current().is(Kind.SIGN, ")")) {
        break;
      }
      items.add(expression());
    }
    return new Node.TupleOf(start.offset(), start.length(), items);
  }

  Node expression() {
    Node node = or();
    while (atName("if")) {
      Token sign = next();
      Node condition = or();
      Node otherwise = skipName("else") ? expression() : null;
      node = new Node.Choice(sign.offset(), sign.length(), condition, node, otherwise);
    }
    return node;
  }

  /// An expression that ends before an `if`, as the list of a `for` does.
  Node or() {
    Node left = and();
    while (atName("or")) {
      Token sign = next();
      left = new Node.Or(sign.offset(), sign.length(), left, and());
    }
    return left;
  }

  private Node and() {
    Node left = not();
    while (atName("and")) {
      Token sign = next();
      left = new Node.And(sign.offset(), sign.length(), left, not());
    }
    return left;
  }

  private Node not() {
    if (atName("not")) {
      Token sign = next();
      return new Node.Not(sign.offset(), sign.length(), not());
    }
    return comparison();
  }

  private Node comparison() {
    Node first = sum();
    List<Node.Compared> rest = new ArrayList<>();
    while (true) {
      Token sign = current();
      Relation relation = relation();
      if (relation == null) {
        break;
      }
      rest.add(new Node.Compared(sign.offset(), sign.length(), relation, sum()));
    }
    return rest.isEmpty()
        ? first
        : new Node.Comparison(rest.getFirst().offset(), rest.getFirst().length(), first, rest);
  }

  private @Nullable Relation relation() {
    Token token = current();
    if (token.kind() == Kind.SIGN || token.is(Kind.NAME, "in")) {
      for (Relation relation : Relation.values()) {
        if (relation.sign.equals(token.text())) {
          next();
          return relation;
        }
      }
    }
    if (atName("not") && ahead().is(Kind.NAME, "in")) {
      next();
      next();
      return Relation.NOT_IN;
    }
    return null;
  }

  private Node sum() {
    Node left = concatenation();
    while (current().is(Kind.SIGN, "+") || current().is(Kind.SIGN, "-")) {
      Token sign = next();
      Operator operator = sign.text().equals("+") ? Operator.ADD : Operator.SUBTRACT;
      left = new Node.Binary(sign.offset(), 1, operator, left, concatenation());
    }
    return left;
  }

  private Node concatenation() {
    Node left = product();
    while (current().is(Kind.SIGN, "~")) {
      Token sign = next();
      left = new Node.Binary(sign.offset(), 1, Operator.CONCATENATE, left, product());
    }
    return left;
  }

  private Node product() {
    Node left = power();
    while (true) {
      Token sign = current();
      Operator operator =
          sign.kind() != Kind.SIGN
              ? null
              : switch (sign.text()) {
                case "*" -> Operator.MULTIPLY;
                case "/" -> Operator.DIVIDE;
                case "//" -> Operator.FLOOR_DIVIDE;
                case "%" -> Operator.REMAINDER;
                default -> null;
              };
      if (operator == null) {
        return left;
      }
      next();
      left = new Node.Binary(sign.offset(), sign.length(), operator, left, power());
    }
  }

  private Node power() {
    Node left = signed(true);
    while (current().is(Kind.SIGN, "**")) {
      Token sign = next();
      left = new Node.Binary(sign.offset(), 2, Operator.POWER, left, signed(true));
    }
    return left;
  }

  private Node signed(boolean withFilters) {
    Node node;
    Token sign = current();
    if (skipSign("-")) {
      node = new Node.Signed(sign.offset(), 1, true, signed(false));
    } else if (skipSign("+")) {
      node = new Node.Signed(sign.offset(), 1, false, signed(false));
    } else {
      node = primary();
    }
    node = postfix(node);
    return withFilters ? filters(node) : node;
  }

  private Node primary() {
    Token token = current();
    return switch (token.kind()) {
      case NAME -> name(next());
      case STRING -> string();
      case NUMBER -> new Node.Literal(next().offset(), token.length(), token.value());
      case SIGN -> bracket(token);
      case END -> throw unexpected("an expression");
    };
  }

  private Node name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Node.Literal(token.offset(), token.length(), true);
      case "false", "False" -> new Node.Literal(token.offset(), token.length(), false);
      case "none", "None" -> new Node.Literal(token.offset(), token.length(), null);
      case "not", "and", "or", "in", "is", "if", "else" -> {
        back();
        throw unexpected("an expression");
      }
      default -> new Node.Name(token.offset(), token.length(), token.text());
    };
  }

  private Node string() {
    Token token = next();
    StringBuilder text = new StringBuilder(token.text());
    while (current().kind() == Kind.STRING) {
      text.append(next().text());
    }
    return new Node.Literal(token.offset(), token.length(), text.toString());
  }

  private Node bracket(Token token) {
    switch (token.text()) {
      case "(" -> {
        next();
        if (skipSign(")")) {
          return new Node.TupleOf(token.offset(), 1, List.of());
        }
        Node inside = tuple();
        expectSign(")");
        return inside;
      }
      case "[" -> {
        next();
        List<Node> items = new ArrayList<>();
        while (!current().is(Kind.SIGN, "]")) {
          items.add(expression());
          if (!skipSign(",")) {
            break;
          }
        }
        expectSign("]");
        return new Node.ListOf(token.offset(), 1, items);
      }
      case "{" -> {
        return map(next());
      }
      default -> throw unexpected("an expression");
    }
  }

  private Node map(Token token) {
    List<Node> keys = new ArrayList<>();
    List<Node> values = new ArrayList<>();
    while (!current().is(Kind.SIGN, "}")) {
      keys.add(expression());
      expectSign(":");
      values.add(expression());
      if (!skipSign(",")) {
        break;
      }
    }
    expectSign("}");
    return new Node.MapOf(token.offset(), 1, keys, values);
  }

  Node postfix(Node start) {
    Node node = start;
    while (true) {
      if (skipSign(".")) {
        Token name = next();
        node =
            switch (name.kind()) {
              case NAME -> new Node.Attribute(name.offset(), name.length(), node, name.text());
              case NUMBER -> {
                Node key = new Node.Literal(name.offset(), name.length(), name.value());
                yield new Node.Item(name.offset(), name.length(), node, key);
              }
              case STRING, SIGN, END -> {
                back();
                throw unexpected("a name");
              }
            };
      } else if (current().is(Kind.SIGN, "[")) {
        node = subscript(node, next());
      } else if (current().is(Kind.SIGN, "(")) {
        node = call(node);
      } else {
        return node;
      }
    }
  }

  private Node call(Node callee) {
    Given given = given();
    new NameCheck(library, flaws).lookupName(callee, given);
    return new Node.Call(callee.offset(), callee.length(), callee, given);
  }

  private Node subscript(Node of, Token bracket) {
    Node from = current().is(Kind.SIGN, ":") ? null : tuple();
    if (!current().is(Kind.SIGN, ":")) {
      expectSign("]");
      if (from == null) {
        throw unexpected("a key");
      }
      return new Node.Item(from.offset(), from.length(), of, from);
    }
    next();
    Node to = sliceEnd() ? null : expression();
    Node step = skipSign(":") && !sliceEnd() ? expression() : null;
    expectSign("]");
    return new Node.Slice(bracket.offset(), 1, of, from, to, step);
  }

  private boolean sliceEnd() {
    return current().is(Kind.SIGN, "]") || current().is(Kind.SIGN, ":");
  }

  /// The filters, tests and calls behind a value.
  Node filters(Node start) {
    Node node = start;
    while (true) {
      if (skipSign("|")) {
        node = filter(node);
      } else if (atName("is")) {
        next();
        node = test(node);
      } else if (current().is(Kind.SIGN, "(")) {
        node = call(node);
      } else {
        return node;
      }
    }
  }

  Node filter(Node input) {
    Token name = dotted();
    Operation operation = library.filters().find(name.text());
    if (operation == null) {
      flaws.add(Flaw.unknown("filter", name, library.filters().names()));
    }
    Given given = current().is(Kind.SIGN, "(") ? given() : Given.NOTHING;
    new NameCheck(library, flaws).filterArguments(name.text(), given);
    return new Node.Filtered(name.offset(), name.length(), input, name.text(), operation, given);
  }

  private Node test(Node input) {
    boolean negated = skipName("not");
    Token name = dotted();
    Operation operation = library.tests().find(name.text());
    if (operation == null) {
      flaws.add(Flaw.unknown("test", name, library.tests().names()));
    }
    Given given = Given.NOTHING;
    Token after = current();
    if (after.is(Kind.SIGN, "(")) {
      given = given();
    } else if (startsArgument(after)) {
      given = new Given(List.of(postfix(primary())), List.of(), null, null);
    }
    return new Node.Tested(
        name.offset(), name.length(), input, name.text(), operation, given, negated);
  }

  private static boolean startsArgument(Token token) {
    return switch (token.kind()) {
      case NAME -> !NO_TEST_ARGUMENT.contains(token.text());
      case STRING, NUMBER -> true;
      case SIGN -> token.text().equals("[") || token.text().equals("{");
      case END -> false;
    };
  }

  /// A name with dots in it, such as `ansible.builtin.upper`, as one token.
  private Token dotted() {
    Token first = expectName();
    StringBuilder name = new StringBuilder(first.text());
    Token last = first;
    while (skipSign(".")) {
      last = expectName();
      name.append('.').append(last.text());
    }
    int length = last.offset() + last.length() - first.offset();
    return new Token(Kind.NAME, first.offset(), length, name.toString(), null);
  }

  private Given given() {
    expectSign("(");
    List<Node> positional = new ArrayList<>();
    List<Named> named = new ArrayList<>();
    Node more = null;
    Node moreNamed = null;
    while (!current().is(Kind.SIGN, ")")) {
      if (skipSign("*")) {
        more = expression();
      } else if (skipSign("**")) {
        moreNamed = expression();
      } else if (current().kind() == Kind.NAME && ahead().is(Kind.SIGN, "=")) {
        String name = next().text();
        next();
        named.add(new Named(name, expression()));
      } else if (!named.isEmpty()) {
        throw unexpected("a named argument");
      } else {
        positional.add(expression());
      }
      if (!skipSign(",")) {
        break;
      }
    }
    expectSign(")");
    return new Given(positional, named, more, moreNamed);
  }
}
