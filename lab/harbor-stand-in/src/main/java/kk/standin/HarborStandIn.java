package kk.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kk.standin.core.Core;
import kk.standin.core.Health;
import kk.standin.core.Settings;
import kk.standin.core.Store;
import kk.standin.core.TokenKey;
import kk.standin.http.Trust;

/// The stand-in's core in this process, on a free loopback port, by plain HTTP, with its state and
/// its registry in memory: for tests of what talks to Harbor's API.
///
///     try (HarborStandIn harbor = HarborStandIn.start()) {
///       URI api = harbor.url().resolve("/api/v2.0/");   // admin, Harbor12345
///     }
public final class HarborStandIn implements AutoCloseable {
  /// The initial password of `admin` unless another is wanted.
  public static final String PASSWORD = "Harbor12345";

  private final Core core;
  private final AutoCloseable registry;
  private final Map<String, String> broken;

  private HarborStandIn(Core core, AutoCloseable registry, Map<String, String> broken) {
    this.core = core;
    this.registry = registry;
    this.broken = broken;
  }

  public static HarborStandIn start() throws IOException {
    return new Options().start();
  }

  public static Options options() {
    return new Options();
  }

  /// Where it listens, such as `http://127.0.0.1:40123`.
  public URI url() {
    return URI.create("http://127.0.0.1:" + core.port());
  }

  /// Makes a component of the health answer unhealthy; `jobservice` takes no tasks then.
  ///
  /// @param component such as `redis`
  public void breakDown(String component, String why) {
    broken.put(component, why);
  }

  /// Undoes [#breakDown].
  public void repair(String component) {
    broken.remove(component);
  }

  @Override
  public void close() {
    core.close();
    try {
      registry.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// How a stand-in differs from the usual one.
  public static final class Options {
    private String version = "v2.10.2";
    private String password = PASSWORD;
    private String externalUrl = "";
    private int port;
    private Optional<String> tokenKey = Optional.empty();
    private Optional<Settings.Registry> registry = Optional.empty();
    private String secretKey = "stand-in-16-char";
    private Store.Database database = new Store.Memory();
    private Duration loginLock = Duration.ofMillis(1500);
    private Path certificates = Path.of("/nonexistent");

    private Options() {}

    /// The version of Harbor it says to be, such as `v2.12.0`.
    public Options version(String version) {
      this.version = version;
      return this;
    }

    public Options adminPassword(String password) {
      this.password = password;
      return this;
    }

    /// Where the token service is said to be: of several nodes, that of whom holds the address.
    public Options externalUrl(URI url) {
      this.externalUrl = url.toString();
      return this;
    }

    /// The port to listen on, such as that of an instance which was closed.
    public Options port(int port) {
      this.port = port;
      return this;
    }

    /// PEM of the key that signs tokens; Harbor takes PKCS#1 alone. A new one otherwise.
    public Options tokenKey(String pem) {
      this.tokenKey = Optional.of(pem);
      return this;
    }

    /// What the passwords of peers are encrypted with, of 16 characters.
    public Options secretKey(String secretKey) {
      this.secretKey = secretKey;
      return this;
    }

    /// A registry that is there, instead of one in memory.
    public Options registry(URI url, String user, String password) {
      this.registry = Optional.of(new Settings.Registry(url, user, password));
      return this;
    }

    /// How long a user cannot log in after a failure.
    public Options loginLock(Duration lock) {
      this.loginLock = lock;
      return this;
    }

    /// Keeps the state of an instance for another, such as one of a newer version.
    public Options database(Store.Database database) {
      this.database = database;
      return this;
    }

    /// A folder of certificates to trust in peers, beside those of the system.
    public Options certificates(Path folder) {
      this.certificates = folder;
      return this;
    }

    public HarborStandIn start() throws IOException {
      Map<String, String> broken = new ConcurrentHashMap<>();
      MemoryRegistry memory = new MemoryRegistry();
      Settings settings =
          new Settings(
              version,
              password,
              externalUrl,
              this::key,
              secretKey,
              registry.orElse(new Settings.Registry(memory.url(), "", "")),
              database,
              new OwnBackend(broken),
              components(broken),
              Duration.ZERO,
              new Trust(certificates),
              certificates.resolve("ca.crt"),
              Duration.ofMillis(10),
              loginLock);
      try {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new HarborStandIn(Core.start(settings, address, false), memory, broken);
      } catch (IOException | RuntimeException e) {
        memory.close();
        throw e;
      }
    }

    private TokenKey key() throws GeneralSecurityException {
      return tokenKey.isPresent() ? TokenKey.read(tokenKey.get()) : TokenKey.generate(1024);
    }

    private static Map<String, Health.Check> components(Map<String, String> broken) {
      Map<String, Health.Check> checks = new LinkedHashMap<>();
      for (String name :
          List.of("core", "database", "jobservice", "portal", "redis", "registry", "registryctl")) {
        checks.put(name, () -> fail(broken, name));
      }
      return checks;
    }

    private static void fail(Map<String, String> broken, String component) throws IOException {
      String why = broken.get(component);
      if (why != null) {
        throw new IOException(why);
      }
    }

    /// There is no job service: tasks are taken unless it is said to be broken.
    private record OwnBackend(Map<String, String> broken) implements Settings.Backend {
      @Override
      public void submit(String task) throws IOException {
        fail(broken, "jobservice");
      }

      @Override
      public String collectGarbage() throws IOException {
        fail(broken, "registryctl");
        return "";
      }
    }
  }
}
