package kk.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import kk.problem.Problem;

/// `kk lint`: all problems of all files in one pass.
final class LintCommand implements Callable<Integer> {
  private final RunArguments arguments = new RunArguments();

  private List<Path> playbooks = List.of();

  private final Terminal terminal;
  private final Home home;

  LintCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  /// How it is written.
  Syntax syntax() {
    return Syntax.of("lint", "Finds all problems of playbooks without touching a host.", this)
        .with(arguments)
        .words("PLAYBOOK", "playbooks to check", "1..*", Path.class, files -> playbooks = files);
  }

  @Override
  public Integer call() {
    Workbench workbench =
        new GivenVariables(arguments, terminal::ask, secret -> {}).workbench(home);
    playbooks.forEach(workbench.loader()::load);
    if (!arguments.inventories.isEmpty()) {
      workbench.inventory(Optional.empty(), workbench.problems());
    }
    List<Problem> found = workbench.problems().sorted();
    terminal.show(found);
    long errors = found.stream().filter(Problem::isError).count();
    terminal
        .standardOutput()
        .println(
            found.isEmpty()
                ? "no problems"
                : errors
                    + (errors == 1 ? " error, " : " errors, ")
                    + (found.size() - errors)
                    + (found.size() - errors == 1 ? " warning" : " warnings"));
    return (errors > 0 ? ExitCode.INPUT : ExitCode.DONE).number();
  }
}
