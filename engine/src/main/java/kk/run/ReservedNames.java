package kk.run;

import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Span;
import kk.spi.NewVariables;

/// Names of variables that the engine keeps for itself.
final class ReservedNames {
  private static final String PREFIX = "_ansible_";

  private ReservedNames() {}

  /// A playbook that sets one isn't carried out.
  ///
  /// @param at where the task is that sets them
  static void refuse(NewVariables found, Span at) {
    found.values().keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .findFirst()
        .ifPresent(
            name -> {
              throw new ProblemsFound(
                  Problem.of(
                      "reserved-name",
                      at,
                      "the variable `" + name + "` is reserved for internal use only"));
            });
  }
}
