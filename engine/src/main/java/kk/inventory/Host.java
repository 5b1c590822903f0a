package kk.inventory;

import java.util.Map;
import kk.source.Span;

/// A machine as the inventory names it.
///
/// @param name its name there
/// @param at where it was first named
/// @param vars its own variables, native values with templates in them
public record Host(String name, Span at, Map<String, Object> vars) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Host host && host.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /// The name alone: variables may hold passwords.
  @Override
  public String toString() {
    return name;
  }
}
