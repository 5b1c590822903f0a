package kk.cli;

import java.util.concurrent.Callable;
import kk.playbook.Expression;
import kk.problem.ProblemsFound;
import kk.report.JsonText;
import kk.source.Source;
import kk.source.Span;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import org.jspecify.annotations.Nullable;

/// `kk eval`: the value of an expression, as JSON.
final class EvalCommand implements Callable<Integer> {
  private final RunArguments arguments = new RunArguments();
  private final HostArguments host = new HostArguments();
  private String expression = "";

  private final Terminal terminal;
  private final Home home;

  EvalCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  /// How it is written.
  Syntax syntax() {
    return Syntax.of(
            "eval",
            "Evaluates an expression with the variables of a host and prints it as JSON.",
            this)
        .with(arguments)
        .with(host)
        .word(
            "EXPRESSION",
            "as it would stand under `when`",
            "1",
            String.class,
            text -> expression = text);
  }

  @Override
  public Integer call() {
    Workbench workbench =
        new GivenVariables(arguments, terminal::ask, secret -> {}).workbench(home);
    HostVariables variables = host.variables(workbench);
    Source source = new Source("expression", expression);
    Expression written = new Expression(expression, new Span(source, 1, 1, expression.length()));
    try {
      @Nullable Object value =
          variables.resolve(workbench.templates().evaluate(written, variables));
      terminal.standardOutput().println(new JsonText().of(value));
      return ExitCode.DONE.number();
    } catch (EvaluationFailed e) {
      throw new ProblemsFound(e.problem());
    }
  }
}
