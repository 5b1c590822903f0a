package kk.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.source.Span;

/// Hosts that belong together.
///
/// @param name its name
/// @param at where it was first named
/// @param hosts names of its own hosts in order
/// @param children names of groups whose hosts are its hosts too
/// @param varsByPlace variables for all of them by where they are written
public record Group(
    String name,
    Span at,
    List<String> hosts,
    List<String> children,
    Map<Place, Map<String, Object>> varsByPlace) {

  /// Where variables of groups are written. A later place counts more than an earlier one, even for
  /// a group further out.
  public enum Place {
    INVENTORY,
    /// `group_vars` beside the inventory.
    BESIDE_INVENTORY,
    /// `group_vars` beside the playbook.
    BESIDE_PLAYBOOK
  }

  /// All its variables.
  public Map<String, Object> vars() {
    Map<String, Object> vars = new LinkedHashMap<>();
    for (Place place : Place.values()) {
      vars.putAll(vars(place));
    }
    return vars;
  }

  Map<String, Object> vars(Place place) {
    return varsByPlace.getOrDefault(place, Map.of());
  }

  /// The name alone: variables may hold passwords.
  @Override
  public String toString() {
    return name;
  }
}
