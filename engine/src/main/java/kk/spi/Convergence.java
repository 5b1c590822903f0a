package kk.spi;

import java.time.Duration;
import java.util.List;

/// A change described so that a single round trip can look, decide and act. Two pieces of shell:
/// `look` tells whether the host is already as wanted, `change` makes it so. They run in one shell,
/// so what `look` finds out in variables is there for `change`. In check mode `change` isn't even
/// sent.
///
/// @param what the change in words, for the plan and the log: `write /etc/x`
/// @param look shell function body; returns 0 when all is as wanted, 1 when `change` has to run,
///     anything else when it can't tell. What it prints is kept for the module.
/// @param change shell function body; what it prints is kept too, and a status other than 0 fails
///     the task
/// @param input standard input for both, for secrets and data
/// @param limit how long both may take together
/// @param functions definitions of shell functions that both call, as in [Command]
public record Convergence(
    String what, String look, String change, String input, Duration limit, List<String> functions) {

  public Convergence(String what, String look, String change) {
    this(what, look, change, "", Command.DEFAULT_LIMIT, List.of());
  }

  public Convergence withInput(String newInput) {
    return new Convergence(what, look, change, newInput, limit, functions);
  }

  public Convergence withLimit(Duration newLimit) {
    return new Convergence(what, look, change, input, newLimit, functions);
  }

  public Convergence withFunctions(List<String> called) {
    return new Convergence(what, look, change, input, limit, called);
  }
}
