package kk.modules;

/// Another name of `package`, for playbooks written for yum.
@kk.spi.Doc("installs and removes packages; the same as `package`")
public final class YumModule extends PackagesModule {
  public YumModule() {
    super("yum");
  }
}
