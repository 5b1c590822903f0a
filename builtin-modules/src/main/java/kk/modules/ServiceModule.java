package kk.modules;

import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Services, by what starts them on the host: systemd, OpenRC or init scripts.
@Doc("starts, stops and enables services")
public final class ServiceModule implements Module<ServiceModule.Args> {

  /// What `service` takes: what any of the service managers does.
  public record Args(
      UnitArguments unit,
      SystemdOptions systemd,
      InitOptions init,
      @Doc("what to do it with: `systemd`, `openrc`, `sysvinit`, or what the host has, by `auto`")
          @Default("auto")
          String use) {
    public Args {
      use = use.substring(use.lastIndexOf('.') + 1);
      if (!use.matches("auto|service|systemd|systemd_service|openrc|sysvinit")) {
        throw new IllegalArgumentException(
            "`use` is one of auto, service, systemd, openrc, sysvinit");
      }
      unit.check(systemd);
    }
  }

  @Override
  public String name() {
    return "service";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    return new UnitTask(args.unit(), args.systemd(), args.init(), args.use()).run(host);
  }
}
