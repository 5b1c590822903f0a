package kk.template;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables from outside for one rendering: a list or map that may be computed anew whenever
/// it is asked for stays the same one, so that a change to its copy isn't lost.
final class StableScope implements Scope {
  private final Scope outer;
  private final Map<String, Object> seen = new HashMap<>();

  StableScope(Scope outer) {
    this.outer = outer;
  }

  @Override
  public boolean contains(String name) {
    return seen.containsKey(name) || outer.contains(name);
  }

  @Override
  public @Nullable Object get(String name) {
    Object known = seen.get(name);
    if (known != null) {
      return known;
    }
    Object value = outer.get(name);
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      seen.put(name, value);
    }
    return value;
  }

  @Override
  public Set<String> names() {
    return outer.names();
  }

  @Override
  public List<Path> searchPath() {
    return outer.searchPath();
  }
}
