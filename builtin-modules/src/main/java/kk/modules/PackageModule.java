package kk.modules;

import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Packages, by whatever package manager the host has.
@Doc("installs and removes packages with the host's package manager")
public final class PackageModule implements Module<PackageModule.Args> {

  /// What `package` takes: what any of the package managers does.
  public record Args(
      PackageArguments packages,
      AptOptions apt,
      DnfOptions dnf,
      @Doc("the package manager to use: `apt`, `dnf`, `dnf5`, `yum`, `zypper` or `apk`")
          @Default("auto")
          String use) {
    public Args {
      use = use.substring(use.lastIndexOf('.') + 1);
      if (!use.matches("auto|apt|dnf|dnf5|yum|zypper|apk")) {
        throw new IllegalArgumentException(
            "`use` is one of auto, apt, dnf, dnf5, yum, zypper, apk");
      }
      apt.check(packages);
      dnf.check(packages);
      packages.check(apt.actAlone() || dnf.list().isPresent());
    }
  }

  @Override
  public String name() {
    return "package";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    return new PackageTask(args.packages(), args.apt(), args.dnf(), args.use()).run(host);
  }
}
