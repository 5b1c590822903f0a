package kk.modules;

/// Another name of `systemd`.
@kk.spi.Doc("starts, stops and enables units of systemd; the same as `systemd`")
public final class SystemdServiceModule extends UnitModule {
  public SystemdServiceModule() {
    super("systemd_service");
  }
}
