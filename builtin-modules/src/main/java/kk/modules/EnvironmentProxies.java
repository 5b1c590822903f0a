package kk.modules;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.TaskFailed;
import org.jspecify.annotations.Nullable;

/// Proxies as the environment names them for curl and everything else: `https_proxy`,
/// `http_proxy`, `all_proxy` and `no_proxy`, in small letters or capitals. Java by itself doesn't
/// look there.
final class EnvironmentProxies extends ProxySelector {
  static {
    // else Java sends no password to a proxy that it asks for an encrypted connection
    if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
      System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }
  }

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /// A client that goes through the proxies, and logs in there as their addresses say:
  /// `http://user:password@proxy:3128`.
  static HttpClient.Builder client(Map<String, String> environment) {
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    return HttpClient.newBuilder().proxy(proxies).authenticator(proxies.login());
  }

  /// Lets clients that others make go through the proxies of this process's environment. They can't
  /// log in there.
  static void heed() {
    if (!(ProxySelector.getDefault() instanceof EnvironmentProxies)) {
      ProxySelector.setDefault(new EnvironmentProxies(System.getenv()));
    }
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT);
    if (goesDirectly(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    return proxy(uri.getScheme() + "_proxy")
        .or(() -> proxy("all_proxy"))
        .map(proxy -> new Proxy(Proxy.Type.HTTP, address(proxy)))
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  private Authenticator login() {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY
            ? user(getRequestingHost(), getRequestingPort()).orElse(null)
            : null;
      }
    };
  }

  private Optional<PasswordAuthentication> user(String host, int port) {
    return List.of("https_proxy", "http_proxy", "all_proxy").stream()
        .flatMap(name -> proxy(name).stream())
        .filter(proxy -> address(proxy).equals(InetSocketAddress.createUnresolved(host, port)))
        .flatMap(proxy -> Optional.ofNullable(proxy.getRawUserInfo()).stream())
        .map(
            user -> {
              String[] pair = user.split(":", 2);
              String password = pair.length < 2 ? "" : decoded(pair[1]);
              return new PasswordAuthentication(decoded(pair[0]), password.toCharArray());
            })
        .findFirst();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
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

  private Optional<URI> proxy(String name) {
    return variable(name)
        .map(
            text -> {
              try {
                URI uri = new URI(text.contains("://") ? text : "http://" + text);
                if (uri.getHost() != null) {
                  return uri;
                }
              } catch (URISyntaxException e) {
                // said below, without the password that may be in it
              }
              throw new TaskFailed(
                  "the environment's "
                      + name
                      + " is no address of a proxy: write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT,"
                      + " with %40 for an @ in the password");
            });
  }

  private static InetSocketAddress address(URI proxy) {
    int port =
        proxy.getPort() >= 0 ? proxy.getPort() : proxy.getScheme().equals("https") ? 443 : 80;
    return InetSocketAddress.createUnresolved(proxy.getHost(), port);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // whoever connects hears of it too
  }
}
