package kk.standin;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of one stand-in have in common.
abstract class OneStandIn {
  HarborStandIn harbor;
  Client admin;
  Client nobody;

  @BeforeEach
  void start() throws IOException {
    harbor = HarborStandIn.start();
    admin = Client.admin(harbor);
    nobody = new Client(harbor, "");
  }

  @AfterEach
  void stop() {
    harbor.close();
  }
}
