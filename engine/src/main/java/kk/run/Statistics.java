package kk.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import kk.spi.RunChange;
import kk.variables.Completion;
import org.jspecify.annotations.Nullable;

/// Figures that tasks note for the end of the run. Used by several threads.
public final class Statistics {
  /// Under this name stand the figures that belong to no host.
  public static final String RUN = "_run";

  private final Map<String, Map<String, Object>> byHost = new TreeMap<>();

  /// Notes figures. Values of different kinds replace each other.
  synchronized void note(String host, RunChange.Statistics noted) {
    Map<String, Object> figures =
        byHost.computeIfAbsent(noted.perHost() ? host : RUN, name -> new LinkedHashMap<>());
    noted
        .values()
        .forEach(
            (name, value) -> figures.put(name, joined(noted.joining(), figures.get(name), value)));
  }

  /// All figures by host.
  synchronized Map<String, Map<String, Object>> all() {
    Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
    byHost.forEach((host, figures) -> copy.put(host, new LinkedHashMap<>(figures)));
    return copy;
  }

  private static Object joined(RunChange.Joining joining, @Nullable Object noted, Object more) {
    return switch (joining) {
      case REPLACED -> more;
      case ADDED -> sum(noted, more);
      case COMPLETED -> Objects.requireNonNull(Completion.of(noted, more));
    };
  }

  private static Object sum(@Nullable Object noted, Object more) {
    if (noted instanceof Long one && more instanceof Long other) {
      return one + other;
    }
    if (noted instanceof Number one && more instanceof Number other) {
      return one.doubleValue() + other.doubleValue();
    }
    if (noted instanceof String one && more instanceof String other) {
      return one + other;
    }
    if (noted instanceof List<?> one && more instanceof List<?> other) {
      List<Object> both = new ArrayList<>(one);
      both.addAll(other);
      return both;
    }
    if (noted instanceof Map<?, ?> one && more instanceof Map<?, ?> other) {
      Map<Object, Object> both = new LinkedHashMap<>(one);
      both.putAll(other);
      return both;
    }
    return more;
  }
}
