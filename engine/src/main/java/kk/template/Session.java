package kk.template;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One rendering or evaluation. A template may change lists and maps with `append` or `update`:
/// what comes from outside is then copied first, and from there on the copy stands for it, so that
/// no change ever reaches the variables.
final class Session {
  private final Library library;
  private final Files files;
  private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>(1);
  private final IdentityHashMap<Object, Object> ours = new IdentityHashMap<>(1);

  /// @param files what lookups may read and render
  Session(Library library, Files files) {
    this.library = library;
    this.files = files;
  }

  Library library() {
    return library;
  }

  Files files() {
    return files;
  }

  /// The container that stands for a value in this rendering.
  @Nullable Object current(@Nullable Object value) {
    if (value == null || copies.isEmpty()) {
      return Values.normal(value);
    }
    return Values.normal(copies.getOrDefault(value, value));
  }

  /// A container that may be changed in place of the given one.
  Object writable(Object container) {
    if (ours.containsKey(container)) {
      return container;
    }
    Object copy =
        switch (container) {
          case List<?> list -> new ArrayList<>(list);
          case Map<?, ?> map -> new LinkedHashMap<>(map);
          default -> throw new IllegalArgumentException("not a container");
        };
    copies.put(container, copy);
    ours.put(copy, copy);
    return copy;
  }
}
