package kk.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `namespace()` makes: a value whose attributes can be set from inside a loop.
final class Namespace implements Attributes {
  private final Map<String, @Nullable Object> values;

  Namespace(Map<String, @Nullable Object> values) {
    this.values = new LinkedHashMap<>(values);
  }

  void set(String name, @Nullable Object value) {
    values.put(name, value);
  }

  @Override
  public Set<String> attributeNames() {
    return values.keySet();
  }

  @Override
  public @Nullable Object attribute(String name) {
    return values.get(name);
  }
}
