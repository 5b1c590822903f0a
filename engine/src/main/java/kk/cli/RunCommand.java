package kk.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kk run`: runs playbooks of the user's own.
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs a playbook.")
final class RunCommand implements Callable<Integer> {
  @Mixin RunArguments arguments = new RunArguments();
  @Mixin PlayArguments play = new PlayArguments();

  @Parameters(paramLabel = "PLAYBOOK", description = "the playbook to run", arity = "1..*")
  List<Path> playbooks = List.of();

  private final Terminal terminal;
  private final Home home;

  RunCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public Integer call() throws InterruptedException {
    ExitCode code = ExitCode.DONE;
    for (Path playbook : playbooks) {
      code = new Execution(home, arguments, play, terminal).run(playbook, false);
      if (code != ExitCode.DONE) {
        break;
      }
    }
    return code.number();
  }
}
