package kk.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.JinjavaInterpreter.InterpreterScopeClosable;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.tree.TagNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `{% for x in items if condition recursive %} … {% else %} … {% endfor %}`
record ForLoops(Place at) {

  String run(TagNode node) {
    Statement.For loop =
        (Statement.For) ((PreparedTemplate.Tagged) at.referred().meaning()).statement();
    return run(node, loop, at.value(loop.items()), 0);
  }

  private String run(TagNode node, Statement.For loop, @Nullable Object list, int depth) {
    List<com.hubspot.jinjava.tree.Node> body = new ArrayList<>();
    List<com.hubspot.jinjava.tree.Node> otherwise = new ArrayList<>();
    List<com.hubspot.jinjava.tree.Node> current = body;
    for (com.hubspot.jinjava.tree.Node child : node.getChildren()) {
      if (child instanceof TagNode tag && tag.getName().equals(ElseTag.TAG_NAME)) {
        current = otherwise;
      } else {
        current.add(child);
      }
    }
    List<@Nullable Object> items = wanted(loop, Values.items(list));
    if (items.isEmpty()) {
      return at.text(otherwise);
    }
    at.rendering().enter();
    try {
      return repeat(loop, items, body, depth, (more, deeper) -> run(node, loop, more, deeper));
    } finally {
      at.rendering().leave();
    }
  }

  private List<@Nullable Object> wanted(Statement.For loop, List<@Nullable Object> items) {
    Node condition = loop.condition();
    if (condition == null) {
      return items;
    }
    List<@Nullable Object> wanted = new ArrayList<>();
    try (InterpreterScopeClosable scope = at.interpreter().enterScope()) {
      Objects.requireNonNull(scope);
      for (Object item : items) {
        at.assign(loop.target(), at.rendering().current(item));
        if (at.holds(condition)) {
          wanted.add(item);
        }
      }
    }
    return wanted;
  }

  private String repeat(
      Statement.For loop,
      List<@Nullable Object> items,
      List<com.hubspot.jinjava.tree.Node> body,
      int depth,
      Loop.Again again) {
    StringBuilder out = new StringBuilder();
    Loop state = new Loop(items, depth, loop.recursive() ? again : null);
    JinjavaInterpreter interpreter = at.interpreter();
    try (InterpreterScopeClosable scope = interpreter.enterScope()) {
      Objects.requireNonNull(scope);
      int index = 0;
      while (state.hasNext() && !at.rendering().hasFailed()) {
        state.next();
        interpreter.getContext().getScope().clear();
        interpreter.getContext().put(Loop.NAME, state);
        at.assign(loop.target(), at.rendering().current(items.get(index++)));
        out.append(at.text(body));
      }
    }
    return out.toString();
  }
}
