package kk.standin.core;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import kk.standin.http.Answer;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import kk.standin.http.Server;

/// The service that everything goes through: REST API, tokens, and the distribution protocol in
/// front of the registry.
public final class Core implements AutoCloseable {
  private final Server server;
  private final Api api;
  private final Tokens tokens;
  private final Gateway gateway;
  private final Health health;
  private final Replication replication;

  /// Migrates the database and listens.
  ///
  /// @param chatty whether each request is told on standard output
  public static Core start(Settings settings, InetSocketAddress address, boolean chatty)
      throws IOException {
    Server server = new Server(address, chatty);
    String own = "http://" + address.getAddress().getHostAddress() + ":" + server.port();
    String external = settings.externalUrl().isEmpty() ? own : settings.externalUrl();
    try {
      Core core = new Core(settings, server, external);
      server.start(core::answer);
      return core;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private Core(Settings settings, Server server, String externalUrl) {
    this.server = server;
    Store store = new Store(settings.database());
    store.update(
        state -> {
          Versions.check(state.version, settings.version());
          state.version = settings.version();
          SystemApi.initialise(state);
        });
    Settings.Registry behind = settings.registry();
    RegistryClient registry =
        new RegistryClient(
            settings.trust().client(false), behind.url(), behind.user(), behind.password());
    Peers peers = new Peers(settings.trust(), settings.secretKey());
    Accounts accounts = new Accounts(store, settings.adminPassword(), settings.loginLock());
    health = new Health(settings.components(), settings.healthInterval());
    replication = new Replication(store, settings, registry, peers);
    Artifacts artifacts = new Artifacts(store, replication::on);
    tokens = new Tokens(store, accounts, settings.tokenKey());
    gateway = new Gateway(behind, store, accounts, tokens, artifacts, externalUrl);
    api = new Api(accounts, store);
    new SystemApi(store, settings, accounts, health, externalUrl, api);
    new ProjectsApi(store, api);
    new RepositoriesApi(store, artifacts, api);
    new PeersApi(store, peers, api);
    new PoliciesApi(store, api);
    new ExecutionsApi(store, replication, api);
    new RobotsApi(store, api);
    new GarbageApi(store, settings, registry, api);
  }

  public int port() {
    return server.port();
  }

  private Answer answer(Request request) throws IOException, InterruptedException {
    String path = request.path();
    if (path.startsWith("/v2/")) {
      return gateway.answer(request);
    }
    if (path.equals("/service/token")) {
      return tokens.issue(request);
    }
    if (path.equals("/api/version")) {
      return Answer.json(Map.of("version", "v2.0"));
    }
    if (path.startsWith(Api.ROOT + "/")) {
      return api.answer(request);
    }
    throw Refusal.notFound("path " + path + " was not found");
  }

  @Override
  public void close() {
    server.close();
    health.close();
    replication.close();
  }
}
