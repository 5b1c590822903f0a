package kk.modules;

import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Units of systemd.
@Doc("starts, stops and enables units of systemd")
public final class SystemdModule implements Module<SystemdModule.Args> {

  /// What `systemd` takes.
  public record Args(UnitArguments unit, SystemdOptions options) {
    public Args {
      unit.check(options);
    }
  }

  @Override
  public String name() {
    return "systemd";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    return new UnitTask(args.unit(), args.options(), InitOptions.STANDARD, "auto").run(host);
  }
}
