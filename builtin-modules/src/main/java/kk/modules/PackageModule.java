package kk.modules;

/// Packages, by whatever package manager the host has.
@kk.spi.Doc("installs and removes packages with the host's package manager")
public final class PackageModule extends PackagesModule {
  public PackageModule() {
    super("package");
  }
}
