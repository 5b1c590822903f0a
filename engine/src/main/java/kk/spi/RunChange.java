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

  /// Figures that are told at the end of the run.
  ///
  /// @param perHost whether they count for this host alone
  /// @param aggregate whether they are added to those of earlier tasks, or replace them
  record Statistics(Map<String, Object> values, boolean perHost, boolean aggregate)
      implements RunChange {}
}
