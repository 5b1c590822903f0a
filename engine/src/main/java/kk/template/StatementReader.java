package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kk.template.Statement.Imported;
import kk.template.Statement.Parameter;

/// Reads the inside of a tag.
final class StatementReader {
  private static final Set<String> ENDS =
      Set.of(
          "endif", "endfor", "endset", "endwith", "endfilter", "endmacro", "endcall", "endblock");

  private final Parser parser;

  StatementReader(Parser parser) {
    this.parser = parser;
  }

  Statement read() {
    Token tag = parser.expectName();
    Statement statement = statement(tag);
    parser.end();
    return statement;
  }

  private Statement statement(Token tag) {
    String name = tag.text();
    return switch (name) {
      case "if" -> new Statement.If(parser.tuple());
      case "elif" -> new Statement.Elif(parser.tuple());
      case "else" -> new Statement.Else();
      case "for" -> loop();
      case "set" -> set();
      case "with" -> with();
      case "filter" -> new Statement.FilterBlock(filters(parser.filter(body(tag))));
      case "do" -> new Statement.Do(parser.tuple());
      case "print" -> print();
      case "include" -> include();
      case "macro" -> new Statement.Macro(parser.expectName().text(), parameters(), Set.of());
      case "call" -> call();
      case "block" -> block();
      case "import" -> imported();
      case "from" -> fromImport();
      case "extends" -> new Statement.Extends(parser.expression());
      case "break" -> new Statement.Break();
      case "continue" -> new Statement.Continue();
      default -> {
        if (ENDS.contains(name)) {
          if (name.equals("endblock") || name.equals("endmacro")) {
            skipRepeatedName();
          }
          yield new Statement.End(name);
        }
        throw new FlawFound(unknown(tag));
      }
    };
  }

  private static Flaw unknown(Token tag) {
    Flaw flaw = Flaw.unknown("tag", tag, Tag.WORDS);
    Optional<String> hint =
        switch (tag.text()) {
          case "elseif", "elsif" -> Optional.of("write `elif`");
          case "end" -> Optional.of("write `endif`, `endfor` and so on");
          default -> flaw.hint();
        };
    return new Flaw("template-syntax", flaw.offset(), flaw.length(), flaw.title(), hint);
  }

  private void skipRepeatedName() {
    if (parser.current().kind() == Token.Kind.NAME) {
      parser.next();
    }
  }

  private static Node body(Token tag) {
    return new Node.Body(tag.offset(), tag.length());
  }

  private Node filters(Node start) {
    return parser.filters(start);
  }

  private Node target() {
    Token start = parser.current();
    Node first = targetItem();
    if (!parser.current().is(Token.Kind.SIGN, ",")) {
      return first;
    }
    List<Node> items = new ArrayList<>();
    items.add(first);
    while (parser.skipSign(",")) {
      if (parser.current().kind() != Token.Kind.NAME
          && !parser.current().is(Token.Kind.SIGN, "(")) {
        break;
      }
      if (parser.atName("in")) {
        break;
      }
      items.add(targetItem());
    }
    return new Node.TupleOf(start.offset(), start.length(), items);
  }

  private Node targetItem() {
    if (parser.skipSign("(")) {
      Node inside = target();
      parser.expectSign(")");
      return inside;
    }
    return name();
  }

  private Node.Name name() {
    Token token = parser.expectName();
    return new Node.Name(token.offset(), token.length(), token.text());
  }

  private Statement loop() {
    Node target = target();
    if (!parser.skipName("in")) {
      throw parser.unexpected("`in`");
    }
    Node items = parser.or();
    if (parser.current().is(Token.Kind.SIGN, ",")) {
      throw parser.unexpected("the end; put a list in brackets");
    }
    Node condition = parser.skipName("if") ? parser.expression() : null;
    boolean recursive = parser.skipName("recursive");
    return new Statement.For(target, items, condition, recursive);
  }

  private Statement set() {
    Node target = target();
    if (parser.skipSign(".")) {
      Token attribute = parser.expectName();
      target = new Node.Attribute(attribute.offset(), attribute.length(), target, attribute.text());
    }
    if (parser.skipSign("=")) {
      return new Statement.Assign(target, parser.tuple());
    }
    Node start = new Node.Body(target.offset(), target.length());
    return new Statement.Capture(target, filters(start));
  }

  private Statement with() {
    List<Node.Name> names = new ArrayList<>();
    List<Node> values = new ArrayList<>();
    while (parser.current().kind() != Token.Kind.END) {
      names.add(name());
      parser.expectSign("=");
      values.add(parser.expression());
      if (!parser.skipSign(",")) {
        break;
      }
    }
    return new Statement.With(names, values);
  }

  private Statement print() {
    List<Node> nodes = new ArrayList<>();
    do {
      nodes.add(parser.expression());
    } while (parser.skipSign(","));
    return new Statement.Print(nodes);
  }

  private Statement include() {
    Node file = parser.expression();
    boolean ignore = parser.skipName("ignore");
    if (ignore && !parser.skipName("missing")) {
      throw parser.unexpected("`missing`");
    }
    return new Statement.Include(file, ignore, context(true));
  }

  /// `with context` or `without context`, if it is there.
  private boolean context(boolean usual) {
    boolean with = parser.skipName("with");
    if (!with && !parser.skipName("without")) {
      return usual;
    }
    if (!parser.skipName("context")) {
      throw parser.unexpected("`context`");
    }
    return with;
  }

  private Statement block() {
    String name = parser.expectName().text();
    boolean scoped = parser.skipName("scoped");
    boolean required = parser.skipName("required");
    return new Statement.Block(name, scoped || parser.skipName("scoped"), required);
  }

  private Statement imported() {
    Node file = parser.expression();
    if (!parser.skipName("as")) {
      throw parser.unexpected("`as`");
    }
    return new Statement.Import(file, parser.expectName().text(), context(false));
  }

  private Statement fromImport() {
    Node file = parser.expression();
    if (!parser.skipName("import")) {
      throw parser.unexpected("`import`");
    }
    List<Imported> names = new ArrayList<>();
    do {
      Node.Name name = name();
      String alias = parser.skipName("as") ? parser.expectName().text() : name.name();
      names.add(new Imported(name, alias));
    } while (parser.skipSign(","));
    return new Statement.FromImport(file, names, context(false));
  }

  private Statement call() {
    Token start = parser.current();
    List<Parameter> parameters =
        parser.current().is(Token.Kind.SIGN, "(") ? parameters() : List.of();
    if (!(parser.expression() instanceof Node.Call call)) {
      throw FlawFound.at(start, "`call` needs a call of a macro");
    }
    return new Statement.CallBlock(new Statement.Macro(Macro.CALLER, parameters, Set.of()), call);
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    parser.expectSign("(");
    while (!parser.current().is(Token.Kind.SIGN, ")")) {
      Node.Name name = name();
      parameters.add(new Parameter(name, parser.skipSign("=") ? parser.expression() : null));
      if (!parser.skipSign(",")) {
        break;
      }
    }
    parser.expectSign(")");
    return List.copyOf(parameters);
  }
}
