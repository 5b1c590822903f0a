package kk.connect;

import kk.spi.Connection;
import kk.spi.Connector;
import kk.spi.HostAddress;

/// This machine, without a network. Commands run as the user who runs kk and start in the home
/// directory, as they would after a login.
public final class LocalConnector implements Connector {
  @Override
  public String name() {
    return "local";
  }

  @Override
  public Connection open(HostAddress address) {
    return new ShellConnection(address.name(), new LocalHost());
  }
}
