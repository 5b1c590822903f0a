package kk.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;

/// `kk render`: the text a template file comes to.
final class RenderCommand implements Callable<Integer> {
  private final RunArguments arguments = new RunArguments();
  private final HostArguments host = new HostArguments();
  private Path file = Path.of("");

  private final Terminal terminal;
  private final Home home;

  RenderCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  /// How it is written.
  Syntax syntax() {
    return Syntax.of("render", "Renders a template file with the variables of a host.", this)
        .with(arguments)
        .with(host)
        .word("FILE", "the template", "1", Path.class, path -> file = path);
  }

  @Override
  public Integer call() {
    Workbench workbench =
        new GivenVariables(arguments, terminal::ask, secret -> {}).workbench(home);
    HostVariables variables = host.variables(workbench);
    try {
      Source source = workbench.templates().vault().read(file, file.toString());
      terminal
          .standardOutput()
          .print(
              workbench
                  .templates()
                  .renderFile(new Template(source.text(), new Span(source, 1, 1, 1)), variables));
      return ExitCode.DONE.number();
    } catch (EvaluationFailed e) {
      throw new ProblemsFound(e.problem());
    } catch (IOException e) {
      throw new ProblemsFound(
          Problem.of(
              "unreadable-file",
              Span.whole(new Source(file.toString(), "")),
              "the template can't be read"));
    }
  }
}
