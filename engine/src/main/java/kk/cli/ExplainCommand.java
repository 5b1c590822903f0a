package kk.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import kk.docs.Explanation;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;

/// `kk explain`: what a problem means.
final class ExplainCommand implements Callable<Integer> {
  private Optional<String> id = Optional.empty();

  private final Terminal terminal;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// How it is written.
  Syntax syntax() {
    return Syntax.of("explain", "Explains a problem by its id, or lists the ids.", this)
        .word(
            "ID",
            "what stands in brackets in the first line of a problem",
            "0..1",
            String.class,
            word -> id = Optional.of(word));
  }

  @Override
  public Integer call() {
    if (id.isEmpty()) {
      Explanation.ids().stream().sorted().forEach(terminal.standardOutput()::println);
      return ExitCode.DONE.number();
    }
    String wanted = id.get();
    Explanation found =
        Explanation.find(wanted)
            .orElseThrow(
                () ->
                    new ProblemsFound(
                        Problem.of(
                                "unknown-problem",
                                new Span(new Source("kk explain", wanted), 1, 1, wanted.length()),
                                "no problem has the id `" + wanted + "`")
                            .suggest(wanted, Explanation.ids())));
    terminal.standardOutput().print(found.text());
    return ExitCode.DONE.number();
  }
}
