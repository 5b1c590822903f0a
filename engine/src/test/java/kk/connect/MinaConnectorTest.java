package kk.connect;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import kk.spi.Connection;
import kk.spi.Secret;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The contract over SSH against a server inside the test, which runs everywhere.
class MinaConnectorTest extends ConnectorContract {
  private static @Nullable SshServer server;
  private static Path directory = Path.of("");

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    SshServer starting = SshServer.setUpDefaultServer();
    starting.setHost("127.0.0.1");
    starting.setPort(0);
    starting.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(temporary.resolve("host")));
    starting.setPasswordAuthenticator((user, password, session) -> password.equals("open sesame"));
    starting.setCommandFactory((channel, command) -> new MinaShell(command));
    starting.start();
    server = starting;
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.stop(true);
    }
  }

  @Override
  Connection connect() throws Exception {
    return new SshConnector(Path.of("/dev/null"), Optional.empty())
        .open(
            Addresses.loopback(
                Objects.requireNonNull(server).getPort(),
                "anyone",
                Optional.of(new Secret("open sesame")),
                Optional.empty(),
                directory.resolve("known_hosts")));
  }
}
