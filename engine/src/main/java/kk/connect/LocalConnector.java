package kk.connect;

import java.io.File;
import java.util.Optional;
import kk.spi.Connection;
import kk.spi.Connector;
import kk.spi.HostAddress;

/// This machine, without a network. Commands run as the user who runs kk and start in the
/// directory that [#DIRECTORY] names, or at home.
public final class LocalConnector implements Connector {
  /// The option that says where commands start.
  public static final String DIRECTORY = "directory";

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Connection open(HostAddress address) {
    return new ShellConnection(
        address.name(),
        new LocalHost(Optional.ofNullable(address.options().get(DIRECTORY)).map(File::new)));
  }
}
