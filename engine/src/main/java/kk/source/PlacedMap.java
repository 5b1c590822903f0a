package kk.source;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping in written order that knows where each entry is written, for the question where a
/// value comes from. What it is asked to take over keeps its places.
public final class PlacedMap extends AbstractMap<String, Object> {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Span> places = new HashMap<>();

  /// A mapping without entries.
  public PlacedMap() {}

  /// The same entries at the same places, to be changed.
  public PlacedMap(Map<String, Object> other) {
    putAll(other);
  }

  /// Where an entry of a mapping is written, if anybody knows.
  public static Optional<Span> place(Map<?, ?> map, Object key) {
    return map instanceof PlacedMap placed
        ? Optional.ofNullable(placed.places.get(key))
        : Optional.empty();
  }

  /// Adds an entry that is written at a place.
  public void put(String key, @Nullable Object value, Span at) {
    values.put(key, value);
    places.put(key, at);
  }

  @Override
  public @Nullable Object put(String key, @Nullable Object value) {
    places.remove(key);
    return values.put(key, value);
  }

  @Override
  public void putAll(Map<? extends String, ?> other) {
    values.putAll(other);
    places.keySet().removeAll(other.keySet());
    if (other instanceof PlacedMap placed) {
      places.putAll(placed.places);
    }
  }

  @Override
  public @Nullable Object get(Object key) {
    return values.get(key);
  }

  @Override
  public boolean containsKey(Object key) {
    return values.containsKey(key);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Object>> iterator() {
        return values.entrySet().iterator();
      }

      @Override
      public int size() {
        return values.size();
      }
    };
  }
}
