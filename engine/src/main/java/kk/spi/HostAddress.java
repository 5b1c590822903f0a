package kk.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Where a host is and how to log in, as the inventory says.
///
/// @param name the host's name in the inventory
/// @param host name or address to dial
/// @param port TCP port
/// @param user who logs in; empty leaves it to the connector
/// @param password for a login by password, and for keyboard-interactive questions
/// @param privateKey file with the private key
/// @param privateKeyContent the private key itself, wins over the file
/// @param privateKeyPassphrase opens an encrypted private key
/// @param knownHosts file of known host keys; new ones are added to it, a changed one fails
/// @param connectTimeout how long a connection may take to come up
/// @param options further settings by the connector's own names
public record HostAddress(
    String name,
    String host,
    int port,
    Optional<String> user,
    Optional<Secret> password,
    Optional<Path> privateKey,
    Optional<Secret> privateKeyContent,
    Optional<Secret> privateKeyPassphrase,
    Path knownHosts,
    Duration connectTimeout,
    Map<String, String> options) {

  public HostAddress {
    options = Map.copyOf(options);
  }

  /// The same for a host on the way there: its password is nobody else's business.
  public HostAddress withoutPassword() {
    return new HostAddress(
        name,
        host,
        port,
        user,
        Optional.empty(),
        privateKey,
        privateKeyContent,
        privateKeyPassphrase,
        knownHosts,
        connectTimeout,
        options);
  }

  public HostAddress withConnectTimeout(Duration newTimeout) {
    return new HostAddress(
        name,
        host,
        port,
        user,
        password,
        privateKey,
        privateKeyContent,
        privateKeyPassphrase,
        knownHosts,
        newTimeout,
        options);
  }
}
