package kk.variables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A variable's value whose parts are rendered when somebody asks for them.
sealed interface Lazy permits LazyList, LazyMap {
  /// The value with its templates.
  Object written();

  HostVariables variables();

  /// Whether a template in it had to be left, as `hostvars` has not what it needs.
  default boolean leavesTemplates() {
    return variables().hasLeft(written());
  }

  /// A value with the templates that were left in it instead of their text, so that they are
  /// rendered with the variables of their next use. A value without any is the same object.
  static @Nullable Object asWritten(@Nullable Object value) {
    return switch (value) {
      case Lazy lazy when lazy.leavesTemplates() -> lazy.written();
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, entry) -> copy.put(key, asWritten(entry)));
        yield map.keySet().stream().anyMatch(key -> copy.get(key) != map.get(key)) ? copy : map;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(asWritten(item)));
        for (int i = 0; i < copy.size(); i++) {
          if (copy.get(i) != list.get(i)) {
            yield copy;
          }
        }
        yield list;
      }
      case null -> null;
      default -> value;
    };
  }
}
