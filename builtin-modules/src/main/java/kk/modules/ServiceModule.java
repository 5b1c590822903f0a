package kk.modules;

/// Services, by what starts them on the host: systemd, OpenRC or init scripts.
@kk.spi.Doc("starts, stops and enables services")
public final class ServiceModule extends UnitModule {
  public ServiceModule() {
    super("service");
  }
}
