package kk.connect;

import java.nio.file.Path;
import java.util.Optional;
import kk.spi.Connection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The contract over SSH against OpenSSH's server.
class RealSshdConnectorTest extends ConnectorContract {
  private static @Nullable RealSshd sshd;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    sshd = RealSshd.start(directory);
  }

  @AfterAll
  static void stop() {
    if (sshd != null) {
      sshd.close();
    }
  }

  @Override
  Connection connect() throws Exception {
    RealSshd server = java.util.Objects.requireNonNull(sshd);
    return new SshConnector(Path.of("/dev/null"), Optional.empty())
        .open(
            Addresses.loopback(
                server.port,
                "root",
                Optional.empty(),
                Optional.of(server.key()),
                server.knownHosts()));
  }
}
