package kk.variables;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Mappings that complete each other.
public final class Completion {
  private Completion() {}

  /// A value over another one: of two mappings all entries, those inside completed in the same way;
  /// else the higher one.
  public static @Nullable Object of(@Nullable Object lower, @Nullable Object higher) {
    if (!(lower instanceof Map<?, ?> below) || !(higher instanceof Map<?, ?> above)) {
      return higher;
    }
    Map<Object, Object> both = new LinkedHashMap<>(below);
    above.forEach((key, value) -> both.put(key, of(below.get(key), value)));
    return both;
  }
}
