package kk.modules;

/// Another name of `package`, for playbooks written for dnf.
@kk.spi.Doc("installs and removes packages; the same as `package`")
public final class DnfModule extends PackagesModule {
  public DnfModule() {
    super("dnf");
  }
}
