package kk.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.List;
import kk.template.PreparedTemplate.Referred;
import org.jspecify.annotations.Nullable;

/// A tag that is being rendered: evaluates its expressions, sets its variables, renders its body.
record Place(Rendering rendering, Referred referred, JinjavaInterpreter interpreter) {

  Place at(String reference) {
    return new Place(rendering, rendering.referred(reference.strip()), interpreter);
  }

  @Nullable Object value(Node node) {
    return rendering.evaluate(node, referred, interpreter, null);
  }

  @Nullable Object value(Node node, String body) {
    return rendering.evaluate(node, referred, interpreter, body);
  }

  boolean holds(Node node) {
    return Values.isTrue(value(node));
  }

  /// The text of some nodes, up to a `break` or `continue`.
  String text(List<com.hubspot.jinjava.tree.Node> nodes) {
    StringBuilder out = new StringBuilder();
    for (com.hubspot.jinjava.tree.Node node : nodes) {
      if (rendering.hasFailed()) {
        break;
      }
      out.append(node.render(interpreter).getValue());
      if (interpreter.getContext().get(Loop.NAME) instanceof Loop loop && loop.isContinued()) {
        break;
      }
    }
    return out.toString();
  }

  /// `target = value`, where a tuple takes a list apart.
  void assign(Node target, @Nullable Object value) {
    switch (target) {
      case Node.Name name -> interpreter.getContext().put(name.name(), JinjavaScope.stored(value));
      case Node.TupleOf names -> {
        List<@Nullable Object> values = Values.items(value);
        if (values.size() != names.items().size()) {
          throw Refusal.because(
              "there are " + values.size() + " values for " + names.items().size() + " names");
        }
        for (int i = 0; i < values.size(); i++) {
          assign(names.items().get(i), values.get(i));
        }
      }
      case Node.Attribute attribute -> {
        if (!(value(attribute.of()) instanceof Namespace namespace)) {
          throw Refusal.because("only a `namespace()` has attributes that can be set");
        }
        namespace.set(attribute.name(), value);
      }
      default -> throw new IllegalArgumentException("not a target");
    }
  }
}
