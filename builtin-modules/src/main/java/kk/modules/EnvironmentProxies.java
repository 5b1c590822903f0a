package kk.modules;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Proxies as the environment names them for curl and everything else: `https_proxy`,
/// `http_proxy`, `all_proxy` and `no_proxy`, in small letters or capitals. Java by itself doesn't
/// look there.
final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT);
    if (goesDirectly(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    return variable(uri.getScheme() + "_proxy")
        .or(() -> variable("all_proxy"))
        .map(EnvironmentProxies::proxy)
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  private boolean goesDirectly(String host) {
    for (String entry : variable("no_proxy").orElse("").split(",", -1)) {
      String name = entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      if (name.equals("*")
          || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))) {
        return true;
      }
    }
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  private static Proxy proxy(String text) {
    URI uri = URI.create(text.contains("://") ? text : "http://" + text);
    int port = uri.getPort() < 0 ? (uri.getScheme().equals("https") ? 443 : 80) : uri.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // whoever connects hears of it too
  }
}
