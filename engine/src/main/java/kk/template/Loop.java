package kk.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The variable `loop`.
final class Loop implements Attributes, Callable {
  private static final Set<String> NAMES =
      Set.of(
          "index",
          "index0",
          "revindex",
          "revindex0",
          "first",
          "last",
          "length",
          "depth",
          "depth0",
          "cycle",
          "changed");

  private final List<@Nullable Object> items;
  private final int depth;
  private final @Nullable Again again;
  private int at = -1;
  private @Nullable List<@Nullable Object> lastSeen;

  /// Renders the same loop with other items, for `{% for … recursive %}`.
  interface Again {
    String run(@Nullable Object items, int depth);
  }

  Loop(List<@Nullable Object> items, int depth, @Nullable Again again) {
    this.items = items;
    this.depth = depth;
    this.again = again;
  }

  /// Goes on to the next item.
  void next() {
    at++;
  }

  @Override
  public Set<String> attributeNames() {
    Set<String> names = new TreeSet<>(NAMES);
    if (at > 0) {
      names.add("previtem");
    }
    if (at + 1 < items.size()) {
      names.add("nextitem");
    }
    return names;
  }

  @Override
  public @Nullable Object attribute(String name) {
    return switch (name) {
      case "index" -> at + 1L;
      case "index0" -> (long) at;
      case "revindex" -> (long) items.size() - at;
      case "revindex0" -> items.size() - at - 1L;
      case "first" -> at == 0;
      case "last" -> at == items.size() - 1;
      case "length" -> (long) items.size();
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" -> items.get(at - 1);
      case "nextitem" -> items.get(at + 1);
      case "cycle" -> (Callable) (values, named) -> values.get(at % values.size());
      case "changed" -> (Callable) (values, named) -> changed(values);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private boolean changed(List<@Nullable Object> values) {
    boolean changed = lastSeen == null || !Comparing.equal(lastSeen, values);
    lastSeen = values;
    return changed;
  }

  @Override
  public Object call(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    if (again == null) {
      throw Refusal.because("`loop()` needs `recursive` at the end of the `for`");
    }
    return again.run(positional.isEmpty() ? null : positional.getFirst(), depth + 1);
  }

  @Override
  public String toString() {
    return "<LoopContext " + (at + 1) + "/" + items.size() + ">";
  }
}
