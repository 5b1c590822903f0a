package kk.playbook;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kk.source.Span;

/// How a role is called.
///
/// @param at where its name stands
/// @param name text or [Template]
/// @param parameters variables given beside the name, which outrank almost everything
/// @param files what is read of it
/// @param allowDuplicates whether it runs again for a host that has had it
/// @param visible whether its defaults and vars are seen by the rest of the play; when nothing is
///     said, settings decide, which differ for imports and includes
/// @param validated whether what it is given is compared with what it says it takes
public record RoleUse(
    Span at,
    Object name,
    Map<String, Object> parameters,
    Files files,
    boolean allowDuplicates,
    Optional<Boolean> visible,
    boolean validated) {

  /// The files that are read in the folders of a role, each text or [Template].
  ///
  /// @param tasks file in `tasks/` to begin with
  /// @param vars file in `vars/`
  /// @param defaults file in `defaults/`
  /// @param handlers file in `handlers/`
  public record Files(Object tasks, Object vars, Object defaults, Object handlers) {
    public static final Files MAIN = new Files("main", "main", "main", "main");

    Files map(UnaryOperator<Object> change) {
      return new Files(
          change.apply(tasks), change.apply(vars), change.apply(defaults), change.apply(handlers));
    }
  }

  /// The same use of a role that may run several times.
  public RoleUse allowingDuplicates() {
    return new RoleUse(at, name, parameters, files, true, visible, validated);
  }

  /// The same use with names that are known now.
  ///
  /// @param rendering what a text or [Template] comes to
  public RoleUse rendered(UnaryOperator<Object> rendering) {
    return new RoleUse(
        at,
        rendering.apply(name),
        parameters,
        files.map(rendering),
        allowDuplicates,
        visible,
        validated);
  }
}
