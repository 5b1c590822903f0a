package kk.connect;

import kk.spi.Connection;

class LocalConnectorTest extends ConnectorContract {
  @Override
  Connection connect() {
    return new LocalConnector().open(Addresses.local());
  }
}
