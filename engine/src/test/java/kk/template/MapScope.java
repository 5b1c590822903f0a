package kk.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A scope over a map, for tests.
record MapScope(Map<String, Object> values, List<Path> searchPath) implements Scope {

  MapScope(Map<String, Object> values) {
    this(values, List.of());
  }

  @Override
  public boolean contains(String name) {
    return values.containsKey(name);
  }

  @Override
  public @Nullable Object get(String name) {
    return values.get(name);
  }

  @Override
  public Set<String> names() {
    return values.keySet();
  }
}
