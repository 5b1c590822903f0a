package kk.modules;

import java.util.Optional;
import kk.spi.Command;
import kk.spi.Doc;
import kk.spi.FreeForm;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Runs a text in the login's shell; here the same as `shell` without its conditions.
@Doc("runs a command line as it is")
public final class RawModule implements Module<RawModule.Args> {

  /// What `raw` takes.
  public record Args(
      @Doc("the text to run") @FreeForm String cmd,
      @Doc("shell to use instead of /bin/sh") Optional<String> executable) {}

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    String script =
        args.executable()
            .map(shell -> Script.path(shell) + " -c " + Command.quote(args.cmd()))
            .orElse(args.cmd());
    return new Execution(
            script,
            args.cmd(),
            new Execution.Conditions(Optional.empty(), Optional.empty(), Optional.empty()),
            "",
            false)
        .run(host);
  }
}
