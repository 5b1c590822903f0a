package kk.connect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.spi.HostAddress;

/// Where to dial, once the inventory and `~/.ssh/config` have been put together. What the inventory
/// says wins.
///
/// @param name what messages call it
/// @param jumps hosts to go through, the nearest first
/// @param identityFiles keys to try, from the configuration
record SshTarget(
    String name,
    String host,
    int port,
    String user,
    List<SshTarget> jumps,
    List<Path> identityFiles) {
  private static final int DEEPEST = 8;

  /// As KubeKey's inventories expect it.
  private static final String DEFAULT_USER = "root";

  static SshTarget of(HostAddress address, SshConfigFile config) {
    Optional<Integer> port = Optional.of(address.port()).filter(number -> number > 0);
    Optional<String> jump = Optional.ofNullable(address.options().get("proxy_jump"));
    return of(address.name(), address.host(), port, address.user(), jump, config, 0);
  }

  private static SshTarget of(
      String name,
      String alias,
      Optional<Integer> port,
      Optional<String> user,
      Optional<String> jump,
      SshConfigFile config,
      int depth) {
    List<SshTarget> jumps = new ArrayList<>();
    Optional<String> via = jump.or(() -> config.proxyJump(alias));
    if (via.isPresent() && depth < DEEPEST) {
      for (String step : via.get().split(",", -1)) {
        jumps.add(jump(step.strip(), config, depth + 1));
      }
    }
    return new SshTarget(
        name,
        config.hostName(alias).orElse(alias),
        port.or(() -> config.port(alias)).orElse(22),
        user.or(() -> config.user(alias)).orElse(DEFAULT_USER),
        List.copyOf(jumps),
        config.identityFiles(alias).stream().map(SshTarget::path).toList());
  }

  /// `[user@]host[:port]`, the host in brackets when it is an IPv6 address.
  private static SshTarget jump(String step, SshConfigFile config, int depth) {
    String plain = step.startsWith("ssh://") ? step.substring("ssh://".length()) : step;
    int at = plain.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(plain.substring(0, at));
    String host = plain.substring(at + 1);
    Optional<Integer> port = Optional.empty();
    int colon = host.lastIndexOf(':');
    if (colon > host.lastIndexOf(']') && host.substring(colon + 1).matches("\\d{1,5}")) {
      port = Optional.of(Integer.valueOf(host.substring(colon + 1)));
      host = host.substring(0, colon);
    }
    host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return of(host, host, port, user, Optional.empty(), config, depth);
  }

  /// A path with `~` at its start understood.
  static Path path(String written) {
    String home = System.getProperty("user.home");
    return written.equals("~") || written.startsWith("~/")
        ? Path.of(home + written.substring(1))
        : Path.of(written.replace("%d", home));
  }

  /// `web1 (10.0.0.5:22)`.
  String title() {
    return name + " (" + host + ":" + port + ")";
  }
}
