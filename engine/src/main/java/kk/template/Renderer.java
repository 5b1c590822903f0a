package kk.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kk.problem.Problem;
import kk.template.Rendering.Part;
import kk.template.Statement.Imported;
import org.jspecify.annotations.Nullable;

/// Renders one template: goes through its pieces and does what its tags say. Which names a tag can
/// see and set is as in Jinja2.
final class Renderer {
  private final Rendering rendering;
  private final Locator locator;
  private final Blocks blocks;
  private final Frame top;
  private @Nullable Part extended;

  /// @param blocks those of the template that extends this one, if there is one
  /// @param top the names that the template sets outside of loops and the like
  private Renderer(Rendering rendering, Part part, Blocks blocks, Frame top) {
    this.rendering = rendering;
    this.locator = part.locator();
    this.blocks = blocks;
    this.top = top;
    blocks.add(part.parsed().pieces(), this);
  }

  /// How a stretch of a template ended.
  enum End {
    REACHED,
    BREAK,
    CONTINUE
  }

  /// The text of a template; when it extends another, the text of that one with its blocks.
  static String whole(Rendering rendering, Part part, Frame top) {
    return whole(rendering, part, new Blocks(top), top);
  }

  private static String whole(Rendering rendering, Part part, Blocks blocks, Frame top) {
    Renderer renderer = new Renderer(rendering, part, blocks, top);
    String text = renderer.outline(part.parsed().pieces());
    if (renderer.extended == null) {
      return text;
    }
    String rest = whole(rendering, renderer.extended, blocks, top);
    rendering.leave();
    return text + rest;
  }

  /// Behind an `extends` nothing is printed: only what tags do counts.
  private String outline(List<Piece> pieces) {
    StringBuilder out = new StringBuilder();
    for (Piece piece : pieces) {
      if (extended == null) {
        run(List.of(piece), top, out);
      } else if (piece instanceof Piece.Tag tag) {
        run(tag, top, new StringBuilder());
      }
    }
    return out.toString();
  }

  String text(List<Piece> pieces, Frame frame) {
    StringBuilder out = new StringBuilder();
    run(pieces, frame, out);
    return out.toString();
  }

  /// Renders a stretch of the template, up to a `break` or `continue`.
  End run(List<Piece> pieces, Frame frame, StringBuilder out) {
    for (Piece piece : pieces) {
      End end = End.REACHED;
      switch (piece) {
        case Piece.Text(String text) -> out.append(text);
        case Piece.Output(Node node) -> out.append(rendering.printed(value(node, frame)));
        case Piece.Tag tag -> end = run(tag, frame, out);
      }
      if (end != End.REACHED) {
        return end;
      }
    }
    return End.REACHED;
  }

  private End run(Piece.Tag tag, Frame frame, StringBuilder out) {
    try {
      return switch (tag.statement()) {
        case Statement.If(Node condition) -> branch(tag, condition, frame, out);
        case Statement.Elif(Node condition) -> branch(tag, condition, frame, out);
        case Statement.Else _ -> run(tag.body(), frame, out);
        case Statement.For loop -> new ForLoop(this, tag, loop, frame).run(out);
        case Statement.Break _ -> End.BREAK;
        case Statement.Continue _ -> End.CONTINUE;
        case Statement.With with -> run(tag.body(), with(with, frame), out);
        case Statement.Print(List<Node> nodes) -> {
          nodes.forEach(node -> out.append(rendering.printed(value(node, frame))));
          yield End.REACHED;
        }
        case Statement.FilterBlock(Node filtered) ->
            print(Printing.output(filtered(filtered, tag, frame)), out);
        case Statement.CallBlock block -> print(call(block, tag, frame), out);
        case Statement.Include include -> print(include(include, frame), out);
        case Statement.Block block -> print(extended == null ? blocks.text(block, frame) : "", out);
        case Statement other -> {
          define(other, tag, frame);
          yield End.REACHED;
        }
      };
    } catch (Refusal refusal) {
      Node node = new Node.Name(tag.offset(), tag.length(), "");
      throw evaluator(frame, null).failed(node, refusal);
    }
  }

  private static End print(String text, StringBuilder out) {
    out.append(text);
    return End.REACHED;
  }

  /// A tag that prints nothing.
  private void define(Statement statement, Piece.Tag tag, Frame frame) {
    switch (statement) {
      case Statement.Assign(Node target, Node value) -> assign(target, value(value, frame), frame);
      case Statement.Capture(Node target, Node filtered) ->
          assign(target, filtered(filtered, tag, frame), frame);
      case Statement.Do(Node node) -> value(node, frame);
      case Statement.Macro macro -> frame.put(macro.name(), new Macro(macro, tag, this, frame));
      case Statement.Import(Node file, String alias, boolean context) ->
          frame.put(alias, imported(file, context, frame));
      case Statement.FromImport from -> from(from, frame);
      case Statement.Extends(Node file) -> {
        if (extended != null) {
          throw Refusal.because("a template can extend one other only");
        }
        rendering.enter();
        extended = rendering.load(value(file, frame), frame);
      }
      default -> throw new IllegalStateException(statement.toString());
    }
  }

  private End branch(Piece.Tag tag, Node condition, Frame frame, StringBuilder out) {
    if (holds(condition, frame)) {
      return run(tag.body(), frame, out);
    }
    return tag.next() == null ? End.REACHED : run(tag.next(), frame, out);
  }

  private Frame with(Statement.With with, Frame frame) {
    Frame inside = new Frame(frame);
    for (int i = 0; i < with.names().size(); i++) {
      inside.put(with.names().get(i).name(), value(with.values().get(i), frame));
    }
    return inside;
  }

  private @Nullable Object filtered(Node filtered, Piece.Tag tag, Frame frame) {
    String body = text(tag.body(), new Frame(frame));
    return evaluator(frame, body).value(filtered);
  }

  private String call(Statement.CallBlock block, Piece.Tag tag, Frame frame) {
    Macro caller = new Macro(block.caller(), tag, this, frame);
    return Printing.output(value(block.calling(caller), frame));
  }

  private String include(Statement.Include include, Frame frame) {
    Object names = value(include.file(), frame);
    List<@Nullable Object> wanted =
        names instanceof List<?> list ? Values.copy(list) : Values.copy(Arrays.asList(names));
    Part part = rendering.loadFirst(wanted, frame);
    if (part != null) {
      return within(part, include.context() ? new Frame(frame) : Frame.bare(frame));
    }
    if (include.ignoreMissing()) {
      return "";
    }
    throw Refusal.because("there is no file `" + Printing.text(names) + "` to include");
  }

  private String within(Part part, Frame frame) {
    rendering.enter();
    try {
      return whole(rendering, part, frame);
    } finally {
      rendering.leave();
    }
  }

  private ImportedTemplate imported(Node file, boolean context, Frame frame) {
    Frame inside = context ? new Frame(frame) : Frame.bare(frame);
    String text = within(rendering.load(value(file, frame), frame), inside);
    Map<String, @Nullable Object> names = new HashMap<>(inside.own());
    names.keySet().removeIf(name -> name.startsWith("_") || name.equals(Blocks.SELF));
    return new ImportedTemplate(names, text);
  }

  private void from(Statement.FromImport from, Frame frame) {
    ImportedTemplate template = imported(from.file(), from.context(), frame);
    for (Imported imported : from.names()) {
      Node.Name name = imported.name();
      boolean there = template.attributeNames().contains(name.name());
      frame.put(
          imported.alias(),
          there
              ? template.attribute(name.name())
              : undefined(name, "the template sets no `" + name.name() + "` to import"));
    }
  }

  Undefined undefined(Node node, String title) {
    return new Undefined(
        () -> Problem.of("undefined-variable", locator.span(node.offset(), node.length()), title),
        false);
  }

  Rendering rendering() {
    return rendering;
  }

  @Nullable Object value(Node node, Frame frame) {
    return evaluator(frame, null).value(node);
  }

  boolean holds(Node condition, Frame frame) {
    return Values.isTrue(value(condition, frame));
  }

  private Evaluator evaluator(Frame frame, @Nullable String body) {
    return new Evaluator(rendering.session(), frame, locator, body);
  }

  /// `target = value`, where a tuple takes a list apart.
  void assign(Node target, @Nullable Object value, Frame frame) {
    switch (target) {
      case Node.Name name -> frame.put(name.name(), value);
      case Node.TupleOf names -> {
        List<@Nullable Object> values = new ArrayList<>(Values.items(value));
        if (values.size() != names.items().size()) {
          throw Refusal.because(
              "there are " + values.size() + " values for " + names.items().size() + " names");
        }
        for (int i = 0; i < values.size(); i++) {
          assign(names.items().get(i), values.get(i), frame);
        }
      }
      case Node.Attribute attribute -> {
        if (!(value(attribute.of(), frame) instanceof Namespace namespace)) {
          throw Refusal.because("only a `namespace()` has attributes that can be set");
        }
        namespace.set(attribute.name(), value);
      }
      default -> throw new IllegalArgumentException("not a target");
    }
  }
}
