package kk.template;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The names that a stretch of a template sets, such as the body of a loop, and those around it.
final class Frame implements Scope {
  private final Scope outer;
  private final Map<String, @Nullable Object> names = new HashMap<>();

  Frame(Scope outer) {
    this.outer = outer;
  }

  /// A frame without any variables, for an import without context.
  static Frame bare(Scope scope) {
    return new Frame(new Bare(scope.searchPath()));
  }

  void put(String name, @Nullable Object value) {
    names.put(name, value);
  }

  /// What has been set here, not around it.
  Map<String, @Nullable Object> own() {
    return names;
  }

  @Override
  public boolean contains(String name) {
    return names.containsKey(name) || outer.contains(name);
  }

  @Override
  public @Nullable Object get(String name) {
    Object value = names.get(name);
    return value != null || names.containsKey(name) ? value : outer.get(name);
  }

  @Override
  public Set<String> names() {
    Set<String> all = new TreeSet<>(outer.names());
    all.addAll(names.keySet());
    return all;
  }

  @Override
  public List<Path> searchPath() {
    return outer.searchPath();
  }

  /// Knows where files are, and no name.
  private record Bare(List<Path> searchPath) implements Scope {
    @Override
    public boolean contains(String name) {
      return false;
    }

    @Override
    public @Nullable Object get(String name) {
      return null;
    }

    @Override
    public Set<String> names() {
      return Set.of();
    }
  }
}
