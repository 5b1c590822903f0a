package kk.modules;

/// Another name of `package`, for playbooks written for apt.
@kk.spi.Doc("installs and removes packages; the same as `package`")
public final class AptModule extends PackagesModule {
  public AptModule() {
    super("apt");
  }
}
