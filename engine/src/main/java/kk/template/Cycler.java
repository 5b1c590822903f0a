package kk.template;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `cycler(…)` makes: gives its items in turn, for ever.
final class Cycler implements Attributes {
  private final List<@Nullable Object> items;
  private int at;

  Cycler(List<@Nullable Object> items) {
    if (items.isEmpty()) {
      throw Refusal.argument("`cycler` needs at least one item");
    }
    this.items = items;
  }

  @Override
  public Set<String> attributeNames() {
    return Set.of("next", "current", "reset");
  }

  @Override
  public @Nullable Object attribute(String name) {
    return switch (name) {
      case "current" -> items.get(at);
      case "next" -> (Callable) (positional, named) -> next();
      case "reset" -> (Callable) (positional, named) -> reset();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private @Nullable Object next() {
    Object item = items.get(at);
    at = (at + 1) % items.size();
    return item;
  }

  private @Nullable Object reset() {
    at = 0;
    return null;
  }
}
