package kk.modules;

import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Another name of `dnf`.
@Doc("installs and removes packages; the same as `dnf`")
public final class YumModule implements Module<DnfModule.Args> {
  private final DnfModule dnf = new DnfModule();

  @Override
  public String name() {
    return "yum";
  }

  @Override
  public Class<DnfModule.Args> arguments() {
    return dnf.arguments();
  }

  @Override
  public Outcome run(DnfModule.Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    return dnf.run(args, host);
  }
}
