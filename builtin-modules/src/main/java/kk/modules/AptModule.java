package kk.modules;

import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Packages, with what apt can do.
@Doc("installs and removes packages; on a host without apt, as `package`")
public final class AptModule implements Module<AptModule.Args> {

  /// What `apt` takes.
  public record Args(PackageArguments packages, AptOptions options) {
    public Args {
      options.check(packages);
      packages.check(options.actAlone());
    }
  }

  @Override
  public String name() {
    return "apt";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    return new PackageTask(args.packages(), args.options(), DnfOptions.STANDARD, "auto").run(host);
  }
}
