package kk.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `{% for x in items if condition recursive %} … {% else %} … {% endfor %}`
///
/// @param around the names it sees
record ForLoop(Renderer renderer, Piece.Tag tag, Statement.For loop, Frame around) {

  /// Renders it. Where it runs an `else`, that may end a loop around this one.
  Renderer.End run(StringBuilder out) {
    return run(renderer.value(loop.items(), around), 0, out);
  }

  private Renderer.End run(@Nullable Object list, int depth, StringBuilder out) {
    List<@Nullable Object> items = wanted(Values.items(list));
    if (items.isEmpty()) {
      return tag.next() == null
          ? Renderer.End.REACHED
          : renderer.run(tag.next().body(), new Frame(around), out);
    }
    renderer.rendering().enter();
    try {
      repeat(new Loop(items, depth, loop.recursive() ? this::again : null), items, out);
    } finally {
      renderer.rendering().leave();
    }
    return Renderer.End.REACHED;
  }

  private String again(@Nullable Object list, int depth) {
    StringBuilder out = new StringBuilder();
    run(list, depth, out);
    return out.toString();
  }

  private void repeat(Loop state, List<@Nullable Object> items, StringBuilder out) {
    for (Object item : items) {
      state.next();
      Frame frame = frame(item);
      frame.put("loop", state);
      if (renderer.run(tag.body(), frame, out) == Renderer.End.BREAK) {
        return;
      }
    }
  }

  private List<@Nullable Object> wanted(List<@Nullable Object> items) {
    Node condition = loop.condition();
    if (condition == null) {
      return items;
    }
    List<@Nullable Object> wanted = new ArrayList<>();
    for (Object item : items) {
      if (renderer.holds(condition, frame(item))) {
        wanted.add(item);
      }
    }
    return wanted;
  }

  private Frame frame(@Nullable Object item) {
    Frame frame = new Frame(around);
    renderer.assign(loop.target(), renderer.rendering().session().current(item), frame);
    return frame;
  }
}
