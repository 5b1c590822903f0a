package kk.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import kk.docs.Explanation;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `kk explain`: what a problem means.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Explains a problem by its id, or lists the ids.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ID",
      description = "what stands in brackets in the first line of a problem",
      arity = "0..1")
  Optional<String> id = Optional.empty();

  private final Terminal terminal;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
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
