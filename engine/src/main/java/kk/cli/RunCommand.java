package kk.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `kk run`: runs playbooks of the user's own.
final class RunCommand implements Callable<Integer> {
  private final RunArguments arguments = new RunArguments();
  private final PlayArguments play = new PlayArguments();

  private List<Path> playbooks = List.of();

  private final Terminal terminal;
  private final Home home;

  RunCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  /// How it is written.
  Syntax syntax() {
    return Syntax.of("run", "Runs a playbook.", this)
        .with(arguments)
        .with(play)
        .words("PLAYBOOK", "the playbook to run", "1..*", Path.class, files -> playbooks = files);
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
