package kk.modules;

import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Tells whether a host can be reached and runs a shell.
@Doc("answers `pong` when the host can be reached")
public final class PingModule implements Module<PingModule.Args> {

  /// What `ping` takes.
  public record Args(@Doc("what to answer; `crash` fails") @Default("pong") String data) {}

  @Override
  public String name() {
    return "ping";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    if (args.data().equals("crash")) {
      Details crash = Details.of("module_stdout", "").with("module_stderr", "Exception: boom");
      return new Outcome.Failed("boom", crash.with("rc", 1L));
    }
    if (!host.look(new Script().addText(":").command()).succeeded()) {
      throw new TaskFailed("the host runs no shell");
    }
    return new Outcome.Unchanged(Details.of("ping", args.data()));
  }
}
