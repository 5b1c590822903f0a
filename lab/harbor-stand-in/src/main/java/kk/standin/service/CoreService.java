package kk.standin.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import kk.standin.core.Core;
import kk.standin.core.Health;
import kk.standin.core.Settings;
import kk.standin.core.Store;
import kk.standin.core.TokenKey;
import kk.standin.http.Trust;

/// The core in its container, with real neighbours.
public final class CoreService {
  private static final Path KEY = Path.of("/etc/core/private_key.pem");
  private static final Path SECRET_KEY = Path.of("/etc/core/key");
  private static final Path CERTIFICATES = Path.of("/harbor_cust_cert");
  private static final Path CA = Path.of("/etc/core/ca/ca.crt");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PORT = 8080;

  private final Environment environment;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Store.Database database;

  private CoreService(Environment environment) {
    this.environment = environment;
    String url =
        "jdbc:postgresql://%s:%s/%s?sslmode=%s"
            .formatted(
                environment.require("POSTGRESQL_HOST"),
                environment.require("POSTGRESQL_PORT"),
                environment.require("POSTGRESQL_DATABASE"),
                environment.require("POSTGRESQL_SSLMODE"));
    database =
        new Postgres(
            url,
            environment.require("POSTGRESQL_USERNAME"),
            environment.require("POSTGRESQL_PASSWORD"));
  }

  public static void start(Map<String, String> variables) throws IOException, InterruptedException {
    CoreService service = new CoreService(new Environment(variables));
    service.awaitDatabase();
    Core.start(service.settings(), new InetSocketAddress(PORT), true);
  }

  private void awaitDatabase() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        database.read();
        return;
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(1000);
      }
    }
  }

  private Settings settings() throws IOException {
    return new Settings(
        environment.require("STAND_IN_VERSION"),
        environment.require("HARBOR_ADMIN_PASSWORD"),
        environment.require("EXT_ENDPOINT"),
        CoreService::key,
        Files.readString(SECRET_KEY),
        new Settings.Registry(
            URI.create(environment.require("REGISTRY_URL")),
            environment.require("REGISTRY_CREDENTIAL_USERNAME"),
            environment.require("REGISTRY_CREDENTIAL_PASSWORD")),
        database,
        new Neighbours(),
        components(),
        Duration.ofSeconds(
            Long.parseLong(environment.find("STAND_IN_HEALTH_INTERVAL_SECONDS", "10"))),
        new Trust(CERTIFICATES),
        CA,
        Duration.ofSeconds(2),
        Duration.ofMillis(1500));
  }

  private static TokenKey key() throws GeneralSecurityException {
    try {
      return TokenKey.read(Files.readString(KEY));
    } catch (IOException e) {
      throw new GeneralSecurityException("cannot read " + KEY, e);
    }
  }

  private Map<String, Health.Check> components() {
    Map<String, Health.Check> checks = new LinkedHashMap<>();
    checks.put("core", () -> {});
    checks.put("database", database::read);
    checks.put("jobservice", () -> get(environment.require("JOBSERVICE_URL") + "/api/v1/stats"));
    checks.put("portal", () -> get(environment.require("PORTAL_URL") + "/"));
    checks.put("redis", this::pingRedis);
    checks.put("registry", () -> get(environment.require("REGISTRY_URL") + "/"));
    checks.put(
        "registryctl", () -> get(environment.require("REGISTRY_CONTROLLER_URL") + "/api/health"));
    if (environment.find("WITH_TRIVY", "").equals("true")) {
      checks.put("trivy", () -> get(environment.require("TRIVY_ADAPTER_URL") + "/probe/healthy"));
    }
    return checks;
  }

  private void get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
    expect(200, request);
  }

  private String expect(int status, HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer = http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(request.uri() + " does not answer", e);
    }
    if (answer.statusCode() != status) {
      throw new IOException(request.uri() + ": http status " + answer.statusCode());
    }
    return answer.body();
  }

  private void pingRedis() throws IOException {
    URI place = URI.create(environment.require("REDIS_URL"));
    String password = environment.find("REDIS_PASSWORD", "");
    String login = password.isEmpty() ? "" : "AUTH " + password + "\r\n";
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(place.getHost(), place.getPort()), 5000);
      socket.setSoTimeout(5000);
      socket.getOutputStream().write((login + "PING\r\n").getBytes(StandardCharsets.UTF_8));
      String expected = (login.isEmpty() ? "" : "+OK\r\n") + "+PONG\r\n";
      String answer =
          new String(socket.getInputStream().readNBytes(expected.length()), StandardCharsets.UTF_8);
      if (!answer.equals(expected)) {
        throw new IOException("redis answers " + answer.strip());
      }
    }
  }

  /// The job service and the registry controller, each asked with the core's secret.
  private final class Neighbours implements Settings.Backend {
    @Override
    public void submit(String task) throws IOException, InterruptedException {
      expect(202, post("JOBSERVICE_URL", "/api/v1/jobs", task));
    }

    @Override
    public String collectGarbage() throws IOException, InterruptedException {
      return expect(200, post("REGISTRY_CONTROLLER_URL", "/api/registry/gc", ""));
    }

    private HttpRequest post(String service, String path, String body) {
      return HttpRequest.newBuilder(URI.create(environment.require(service) + path))
          .timeout(Duration.ofMinutes(10))
          .header("Authorization", "Harbor-Secret " + environment.require("CORE_SECRET"))
          .POST(BodyPublishers.ofString(body))
          .build();
    }
  }
}
