package kk.connect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import kk.spi.HostAddress;
import kk.spi.Secret;

/// Addresses for tests: a loopback host with only what a test cares about.
final class Addresses {
  private Addresses() {}

  static HostAddress local() {
    return loopback(0, "", Optional.empty(), Optional.empty(), Path.of("/dev/null"));
  }

  static HostAddress loopback(
      int port, String user, Optional<Secret> password, Optional<Path> key, Path knownHosts) {
    return new HostAddress(
        "web1",
        "127.0.0.1",
        port,
        Optional.of(user).filter(name -> !name.isEmpty()),
        password,
        key,
        Optional.empty(),
        Optional.empty(),
        knownHosts,
        Duration.ofSeconds(10),
        Map.of());
  }
}
