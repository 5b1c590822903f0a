package kk.modules;

import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;

/// Fails on purpose.
@Doc("fails with a message")
public final class FailModule implements Module<FailModule.Args> {

  /// What `fail` takes.
  public record Args(@Doc("why") @Default("Failed as requested from task") String msg) {}

  @Override
  public String name() {
    return "fail";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    return new Outcome.Failed(args.msg(), Details.of("msg", args.msg()));
  }
}
