package kk.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import kk.problem.Problem;
import kk.problem.ProblemRenderer;

/// Where output goes: what was asked for to standard output, problems to standard error.
///
/// @param interactive whether a person sits before it
/// @param interrupts whether Ctrl-C is ours to handle
public record Terminal(
    PrintStream standardOutput,
    PrintStream standardError,
    boolean interactive,
    boolean interrupts) {

  /// For a kk inside another program, which has a Ctrl-C of its own.
  public Terminal(PrintStream standardOutput, PrintStream standardError, boolean interactive) {
    this(standardOutput, standardError, interactive, false);
  }

  static Terminal ofProcess() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Terminal(System.out, System.err, terminal, true);
  }

  void show(List<Problem> problems) {
    problems.forEach(problem -> standardError.println(ProblemRenderer.render(problem)));
  }

  /// What the user types in answer to a question; nothing when there is no terminal.
  public Optional<String> ask(String question, boolean hidden) {
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    return hidden
        ? console.map(c -> c.readPassword("%s", question)).map(String::new)
        : console.map(c -> c.readLine("%s", question));
  }

  boolean isColoured(String when) {
    return when.equals("always")
        || (when.equals("auto") && interactive && System.getenv("NO_COLOR") == null);
  }

  boolean isLive(String output) {
    return output.equals("auto") && interactive;
  }
}
