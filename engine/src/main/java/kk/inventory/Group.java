package kk.inventory;

import java.util.List;
import java.util.Map;
import kk.source.Span;

/// Hosts that belong together.
///
/// @param name its name
/// @param at where it was first named
/// @param hosts names of its own hosts in order
/// @param children names of groups whose hosts are its hosts too
/// @param vars variables for all of them
public record Group(
    String name, Span at, List<String> hosts, List<String> children, Map<String, Object> vars) {

  /// The name alone: variables may hold passwords.
  @Override
  public String toString() {
    return name;
  }
}
