package kk.modules;

import java.time.Duration;
import java.time.Instant;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Tries again and again until a host answers.
///
/// @param patience how long all attempts may take together
/// @param attempt how long one may take
/// @param pause how long to wait between them
record Reconnection(Duration patience, Duration attempt, Duration pause) {

  /// Tells whether the output of the command is that of a host that is back.
  interface Sign {
    Sign ANY = _ -> true;

    boolean seenIn(String output);
  }

  /// Opens new lines to the host until a command succeeds there and its output is as wanted.
  ///
  /// @param failure what to say when patience ends
  void await(HostAccess host, String command, Sign sign, String failure)
      throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (!answers(host, command, sign)) {
      if (!Instant.now().isBefore(end)) {
        throw new TaskFailed(failure);
      }
      Thread.sleep(pause);
    }
  }

  private boolean answers(HostAccess host, String command, Sign sign) throws InterruptedException {
    try {
      host.reconnect(attempt);
      CommandResult result = host.look(Command.of(command).withLimit(attempt));
      return result.succeeded() && sign.seenIn(result.stdout().strip());
    } catch (UnreachableException e) {
      return false;
    }
  }
}
