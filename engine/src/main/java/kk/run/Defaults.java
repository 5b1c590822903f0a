package kk.run;

import java.util.Optional;
import java.util.function.Function;
import kk.problem.Problem;

/// What holds where neither the playbook nor the inventory says anything. kk's own defaults are
/// [#STANDARD]; with `--ansible-compat` Ansible's settings decide.
///
/// @param forceHandlers handlers run on hosts that failed too
/// @param strategy of plays that name none
/// @param gathering when facts are gathered
/// @param hidesResults `no_log` for every task that doesn't say otherwise
/// @param missingHandlerFails whether notifying a handler that isn't there ends the run, or is
///     warned of
/// @param mismatchFails whether a pattern that names an unknown host ends the run, or is warned of
/// @param privateRoles whether variables of a role are seen by that role alone; when it is empty,
///     those of included roles are
/// @param connection the connector; kk chooses when it is empty
/// @param user who logs in
/// @param become whether to become another user
/// @param becomeUser who to become
/// @param becomeMethod how
/// @param becomeExe what to call for it
/// @param becomeFlags what to tell it
/// @param becomeFromItself whether that is done too by who is that user already
/// @param wording what a result says of something that is wrong in the playbook
/// @param timeout seconds that a task may take; 0 is without end
public record Defaults(
    boolean forceHandlers,
    String strategy,
    Gathering gathering,
    boolean hidesResults,
    boolean missingHandlerFails,
    boolean mismatchFails,
    Optional<Boolean> privateRoles,
    Optional<String> connection,
    Optional<String> user,
    boolean become,
    Optional<String> becomeUser,
    Optional<String> becomeMethod,
    Optional<String> becomeExe,
    Optional<String> becomeFlags,
    boolean becomeFromItself,
    Function<Problem, String> wording,
    double timeout) {

  /// When a play gathers facts by itself.
  public enum Gathering {
    /// Unless it says `gather_facts: false`.
    IMPLICIT,
    /// Only when it says `gather_facts: true`.
    EXPLICIT,
    /// Like implicit, but never a second time for a host.
    SMART
  }

  public static final Defaults STANDARD =
      new Defaults(
          false,
          "linear",
          Gathering.IMPLICIT,
          false,
          true,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Problem::title,
          0);
}
