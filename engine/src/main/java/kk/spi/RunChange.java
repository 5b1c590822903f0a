package kk.spi;

import java.util.List;
import java.util.Map;

/// What a module asks of the run itself: it concerns no file of a host, so the engine does it.
public sealed interface RunChange {

  /// A host that from now on belongs to the inventory.
  ///
  /// @param groups groups it is put into, made when they aren't there
  /// @param variables native values by name
  record NewHost(String name, List<String> groups, Map<String, Object> variables)
      implements RunChange {}

  /// The host is put into a group, made when it isn't there.
  ///
  /// @param parents groups that the group belongs to
  record Membership(String group, List<String> parents) implements RunChange {}

  /// Variables for other hosts, as if a task of each had set them. Mappings complete what is there.
  ///
  /// @param hosts patterns of hosts
  record HostVariables(List<String> hosts, Map<String, Object> values) implements RunChange {}

  /// Figures that are told at the end of the run.
  ///
  /// @param perHost whether they count for this host alone
  /// @param joining what becomes of those of earlier tasks
  record Statistics(Map<String, Object> values, boolean perHost, Joining joining)
      implements RunChange {}

  /// How figures of the same name come together.
  enum Joining {
    /// The last one counts.
    REPLACED,
    /// Numbers and texts are added, lists appended and mappings completed.
    ADDED,
    /// Mappings are completed, also those inside; of anything else the last one counts.
    COMPLETED
  }
}
