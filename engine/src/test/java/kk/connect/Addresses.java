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

  static HostAddress withPassword(HostAddress a, String password) {
    return copy(
        a,
        a.host(),
        Optional.of(new Secret(password)),
        a.privateKeyContent(),
        a.privateKeyPassphrase(),
        a.connectTimeout());
  }

  static HostAddress withPassphrase(HostAddress a, String passphrase) {
    Optional<Secret> secret =
        Optional.of(new Secret(passphrase)).filter(s -> !s.reveal().isEmpty());
    return copy(a, a.host(), a.password(), a.privateKeyContent(), secret, a.connectTimeout());
  }

  static HostAddress withContent(HostAddress a, String key) {
    return copy(
        a,
        a.host(),
        a.password(),
        Optional.of(new Secret(key)),
        a.privateKeyPassphrase(),
        a.connectTimeout());
  }

  static HostAddress at(String host, HostAddress a) {
    return copy(
        a, host, a.password(), a.privateKeyContent(), a.privateKeyPassphrase(), a.connectTimeout());
  }

  static HostAddress patient(HostAddress a, int seconds) {
    return copy(
        a,
        a.host(),
        a.password(),
        a.privateKeyContent(),
        a.privateKeyPassphrase(),
        Duration.ofSeconds(seconds));
  }

  private static HostAddress copy(
      HostAddress a,
      String host,
      Optional<Secret> password,
      Optional<Secret> content,
      Optional<Secret> passphrase,
      Duration timeout) {
    return new HostAddress(
        a.name(),
        host,
        a.port(),
        a.user(),
        password,
        a.privateKey(),
        content,
        passphrase,
        a.knownHosts(),
        timeout,
        a.options());
  }
}
