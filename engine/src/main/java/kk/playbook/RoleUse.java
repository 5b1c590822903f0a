package kk.playbook;

import java.util.Map;
import kk.source.Span;

/// How a role is called.
///
/// @param at where its name stands
/// @param name text or [Template]
/// @param parameters variables given beside the name, which outrank almost everything
/// @param tasksFrom file in `tasks/` to begin with
/// @param varsFrom file in `vars/`
/// @param defaultsFrom file in `defaults/`
/// @param handlersFrom file in `handlers/`
/// @param allowDuplicates whether it runs again for a host that has had it
/// @param visible whether its defaults and vars are seen by the rest of the play
public record RoleUse(
    Span at,
    Object name,
    Map<String, Object> parameters,
    String tasksFrom,
    String varsFrom,
    String defaultsFrom,
    String handlersFrom,
    boolean allowDuplicates,
    boolean visible) {

  /// The same use of a role that may run several times.
  public RoleUse allowingDuplicates() {
    return new RoleUse(
        at, name, parameters, tasksFrom, varsFrom, defaultsFrom, handlersFrom, true, visible);
  }
}
