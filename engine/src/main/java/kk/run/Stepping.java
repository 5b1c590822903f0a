package kk.run;

import java.util.Locale;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;

/// Asks the user before each task, for `--step`. Hosts that walk on their own are not held up.
final class Stepping {
  private final Prompter prompter;
  private volatile boolean asks;

  Stepping(boolean asks, Prompter prompter) {
    this.asks = asks;
    this.prompter = prompter;
  }

  /// Whether a step is to be taken; no is what a mere line break means.
  ///
  /// @throws ProblemsFound when there is nobody to ask
  boolean takes(Unit unit) {
    if (!asks) {
      return true;
    }
    String what = (unit.handler() ? "HANDLER: " : "TASK: ") + unit.step().name();
    String answer =
        prompter
            .ask("Perform task: " + what + " (N)o/(y)es/(c)ontinue: ", false)
            .orElseThrow(
                () ->
                    new ProblemsFound(
                        Problem.of(
                            "no-terminal",
                            Span.whole(new Source("--step", "")),
                            "`--step` asks before each task, and there is no terminal")))
            .strip()
            .toLowerCase(Locale.ROOT);
    if (answer.equals("c") || answer.equals("continue")) {
      asks = false;
      return true;
    }
    return answer.equals("y") || answer.equals("yes");
  }
}
