package kk.template;

import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The names inside a template with tags: loop variables, `set`, macros; then those from outside.
record JinjavaScope(JinjavaInterpreter interpreter, Scope outer, Rendering rendering)
    implements Scope {

  /// Stands for null among Jinjava's variables, where null means that there is none.
  private enum Nothing {
    NULL
  }

  /// A value as Jinjava's variables can hold it.
  static Object stored(@Nullable Object value) {
    return value == null ? Nothing.NULL : value;
  }

  private @Nullable Object inner(String name) {
    Context context = interpreter.getContext();
    Object value = context.get(name);
    return value == null ? context.getGlobalMacro(name) : value;
  }

  @Override
  public boolean contains(String name) {
    return inner(name) != null || outer.contains(name);
  }

  @Override
  public @Nullable Object get(String name) {
    Object value = inner(name);
    return value == null ? outer.get(name) : usable(value);
  }

  private @Nullable Object usable(Object value) {
    return switch (value) {
      case Nothing nothing -> null;
      case MacroFunction macro -> new Macro(macro, rendering);
      case Map<?, ?> map when map.values().stream().anyMatch(JinjavaScope::isJinjavas) -> {
        Map<Object, @Nullable Object> usable = new LinkedHashMap<>();
        map.forEach((key, item) -> usable.put(key, item == null ? null : usable(item)));
        yield usable;
      }
      case List<?> list when list.stream().anyMatch(JinjavaScope::isJinjavas) -> {
        List<@Nullable Object> usable = new ArrayList<>();
        list.forEach(item -> usable.add(item == null ? null : usable(item)));
        yield usable;
      }
      default -> value;
    };
  }

  private static boolean isJinjavas(@Nullable Object value) {
    return value instanceof Nothing || value instanceof MacroFunction;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>(outer.names());
    names.addAll(interpreter.getContext().keySet());
    names.addAll(interpreter.getContext().getGlobalMacros().keySet());
    names.remove(Rendering.NAME);
    return names;
  }

  @Override
  public List<Path> searchPath() {
    return outer.searchPath();
  }

  /// A macro of Jinjava's as something that can be called.
  private record Macro(MacroFunction function, Rendering rendering) implements Callable {
    @Override
    public Object call(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
      List<Object> arguments = new ArrayList<>();
      positional.forEach(value -> arguments.add(stored(value)));
      named.forEach((name, value) -> arguments.add(new NamedParameter(name, stored(value))));
      rendering.enter();
      try {
        String text = String.valueOf(function.evaluate(arguments.toArray()));
        rendering.throwFailure();
        return text;
      } finally {
        rendering.leave();
      }
    }
  }
}
