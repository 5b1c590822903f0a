package kk.modules;

import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Another name of `systemd`.
@Doc("starts, stops and enables units of systemd; the same as `systemd`")
public final class SystemdServiceModule implements Module<SystemdModule.Args> {
  private final SystemdModule systemd = new SystemdModule();

  @Override
  public String name() {
    return "systemd_service";
  }

  @Override
  public Class<SystemdModule.Args> arguments() {
    return systemd.arguments();
  }

  @Override
  public Outcome run(SystemdModule.Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    return systemd.run(args, host);
  }
}
