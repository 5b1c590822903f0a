package kk.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;

/// `kk completion`: has a shell complete what is typed behind `kk`.
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Home home;

  CompletionCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  /// How it is written.
  Syntax syntax() {
    return Syntax.of(
        "completion", "Prints a script that has bash or zsh complete commands and options.", this);
  }

  @Override
  public Integer call() {
    terminal.standardOutput().print(AutoComplete.bash("kk", Commands.create(terminal, home)));
    return ExitCode.DONE.number();
  }
}
