package kk.modules;

import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Packages, with what dnf can do.
@Doc("installs and removes packages; on a host without dnf, as `package`")
public final class DnfModule implements Module<DnfModule.Args> {

  /// What `dnf` and `yum` take.
  public record Args(
      PackageArguments packages,
      DnfOptions options,
      @Doc("which of them does it: `dnf` (also `dnf4`, `yum4`), `dnf5`, or `auto` (also `yum`)")
          @Default("auto")
          String useBackend) {
    public Args {
      options.check(packages);
      packages.check(options.list().isPresent());
      if (!useBackend.matches("auto|yum|dnf|yum4|dnf4|dnf5")) {
        throw new IllegalArgumentException(
            "`use_backend` is one of auto, yum, dnf, yum4, dnf4, dnf5");
      }
      if (useBackend.equals("yum")) {
        useBackend = "auto";
      }
    }
  }

  @Override
  public String name() {
    return "dnf";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    return new PackageTask(args.packages(), AptOptions.STANDARD, args.options(), args.useBackend())
        .run(host);
  }
}
