package kk.variables;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping whose entries are rendered one by one when asked for. Size and keys are known without
/// rendering.
final class LazyMap extends AbstractMap<Object, Object> implements Lazy {
  private final Map<?, ?> raw;
  private final HostVariables variables;
  private final Map<Object, Object> rendered = new HashMap<>();

  LazyMap(Map<?, ?> raw, HostVariables variables) {
    this.raw = raw;
    this.variables = variables;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (!raw.containsKey(key)) {
      return null;
    }
    if (!rendered.containsKey(key)) {
      rendered.put(key, variables.render(raw.get(key)));
    }
    return rendered.get(key);
  }

  @Override
  public Object written() {
    return raw;
  }

  @Override
  public HostVariables variables() {
    return variables;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return raw.containsKey(key);
  }

  @Override
  public int size() {
    return raw.size();
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<Object, Object>> iterator() {
        Iterator<?> keys = raw.keySet().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return keys.hasNext();
          }

          @Override
          public Entry<Object, Object> next() {
            Object key = keys.next();
            return new LazyEntry(key, LazyMap.this);
          }
        };
      }

      @Override
      public int size() {
        return raw.size();
      }
    };
  }

  /// An entry that renders its value when asked for it.
  private record LazyEntry(Object key, LazyMap map) implements Entry<Object, Object> {
    @Override
    public Object getKey() {
      return key;
    }

    @Override
    @SuppressWarnings("NullAway") // a value may be null
    public Object getValue() {
      return map.get(key);
    }

    @Override
    public Object setValue(Object value) {
      throw new UnsupportedOperationException("variables are not changed in place");
    }
  }
}
