package kk.modules;

/// Units of systemd.
@kk.spi.Doc("starts, stops and enables units of systemd")
public final class SystemdModule extends UnitModule {
  public SystemdModule() {
    super("systemd");
  }
}
