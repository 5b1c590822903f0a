package kk.standin.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kk.standin.core.TokenKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mindrot.jbcrypt.BCrypt;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PrepareTest {
  private static final String YML =
      """
      hostname: harbor.test
      http:
        port: 127.0.0.1:80
      harbor_admin_password: Harbor12345
      database:
        password: root123
      data_volume: /srv/harbor
      jobservice:
        max_job_workers: 10
        job_loggers: [STD_OUTPUT, FILE]
        logger_sweeper_duration: 1
      notification:
        webhook_job_max_retry: 3
        webhook_job_http_client_timeout: 3
      log:
        level: info
        local:
          rotate_count: 50
          rotate_size: 200M
          location: /var/log/harbor
      """;
  private static final String TLS = "https:\n  certificate: /tls/crt\n  private_key: /tls/key\n";

  private final Places places;

  PrepareTest(@TempDir Path folder) {
    places =
        new Places(
            folder.resolve("input"),
            folder.resolve("data"),
            folder.resolve("compose"),
            folder.resolve("config"),
            folder.resolve("host"));
  }

  @BeforeEach
  void lay() throws IOException {
    Files.createDirectories(places.input());
    Files.createDirectories(places.compose());
    Files.createDirectories(places.host().resolve("tls"));
    Files.writeString(places.host().resolve("tls/crt"), "certificate");
    Files.writeString(places.host().resolve("tls/key"), "key");
    Files.writeString(places.host().resolve("tls/ca"), "authority");
    // so that not every test makes a key of its own
    keep("secret/core/private_key.pem", "a key");
    keep("secret/registry/root.crt", "a certificate");
  }

  private void keep(String name, String text) throws IOException {
    Path file = places.data().resolve(name);
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, text);
  }

  private String data(String name) throws IOException {
    return Files.readString(places.data().resolve(name));
  }

  private String config(String name) throws IOException {
    return Files.readString(places.config().resolve(name));
  }

  private void prepare(String yml) throws Exception {
    Files.writeString(places.input().resolve("harbor.yml"), yml);
    new Prepare(places, "v2.10.2", yml.contains("trivy:")).run();
  }

  private void rejects(String yml, String why) {
    Rejected rejected = assertThrows(Rejected.class, () -> prepare(yml));
    assertTrue(String.valueOf(rejected.getMessage()).contains(why), rejected::getMessage);
  }

  private Map<?, ?> services() throws IOException {
    String text = Files.readString(places.compose().resolve("docker-compose.yml"));
    return map(new Load(LoadSettings.builder().build()).loadFromString(text), "services");
  }

  private static Map<?, ?> map(Object of, String key) {
    return (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) of).get(key));
  }

  private String of(String service, String key) throws IOException {
    return String.valueOf(map(services(), service).get(key));
  }

  @Test
  void refusesWhatHarborRefuses() throws IOException {
    rejects(YML.replace("hostname: harbor.test", "hostname: 127.0.0.1"), "127.0.0.1");
    rejects(YML.replace("hostname: harbor.test", "hostname: reg.mydomain.com"), "reg.mydomain.com");
    rejects(YML.replace("hostname: harbor.test\n", ""), "hostname");
    rejects(YML.replace("  max_job_workers: 10\n", ""), "jobservice.max_job_workers");
    rejects(YML.replace("    location: /var/log/harbor\n", ""), "log.local.location");
    rejects(YML.replace("  password: root123", "  other: 1"), "database.password");
    rejects(YML + "https:\n  certificate: /tls/crt\n", "https.private_key");
    rejects(YML + TLS.replace("/tls/crt", "/tls/none"), "/tls/none");
    rejects(YML + "internal_tls:\n  enabled: true\n", "internal_tls");
    rejects(YML + "metric:\n  enabled: true\n", "metric.port");
    rejects(YML + "storage_service:\n  s3: {bucket: b}\n  gcs: {bucket: b}\n", "more than one");
    keep("secret/keys/secretkey", "short");
    rejects(YML, "16 characters");
    assertFalse(Files.exists(places.config()));
  }

  @Test
  void makesHarborsServices() throws Exception {
    prepare(YML);
    assertEquals(
        List.of(
            "log",
            "registry",
            "registryctl",
            "postgresql",
            "core",
            "portal",
            "jobservice",
            "redis",
            "proxy"),
        List.copyOf(services().keySet()));
    assertEquals("harbor-db", of("postgresql", "container_name"));
    assertEquals("nginx", of("proxy", "container_name"));
    assertEquals("[127.0.0.1:80:8080]", of("proxy", "ports"));
    assertEquals("[127.0.0.1:1514:10514]", of("log", "ports"));
    assertEquals("[log, registry, redis, postgresql]", of("core", "depends_on"));
    assertTrue(of("core", "logging").contains("tcp://localhost:1514"));
    assertTrue(config("core/env").contains("EXT_ENDPOINT=http://harbor.test\n"));
    assertFalse(config("nginx/nginx.conf").contains("ssl"));
    String modes =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(places.data().resolve("database")));
    assertEquals("rwx------", modes);
  }

  @Test
  void servesTlsWithTheCertificateOfNow() throws Exception {
    prepare(YML + TLS + "  port: 8443\nstorage_service:\n  ca_bundle: /tls/ca\n");
    assertEquals("certificate", data("secret/cert/server.crt"));
    assertEquals("key", data("secret/cert/server.key"));
    assertEquals("authority", config("shared/trust-certificates/ca_bundle.crt"));
    assertEquals("[127.0.0.1:80:8080, 8443:8443]", of("proxy", "ports"));
    assertTrue(config("core/env").contains("EXT_ENDPOINT=https://harbor.test:8443\n"));
    assertTrue(
        config("nginx/nginx.conf").contains("return 308 https://harbor.test:8443$request_uri"));
    Files.writeString(places.host().resolve("tls/crt"), "renewed");
    assertEquals("certificate", data("secret/cert/server.crt"));
    prepare(YML + TLS + "external_url: https://other.test:1/\n");
    assertEquals("renewed", data("secret/cert/server.crt"));
    assertTrue(config("core/env").contains("EXT_ENDPOINT=https://other.test:1\n"));
    assertFalse(Files.exists(places.config().resolve("shared/trust-certificates/ca_bundle.crt")));
  }

  @Test
  void everyRunMakesNewSecretsButKeepsWhatMustLast() throws Exception {
    prepare(YML);
    String env = config("core/env");
    String key = data("secret/keys/secretkey");
    assertEquals(16, key.length());
    String password = value(env, "REGISTRY_CREDENTIAL_PASSWORD");
    assertTrue(BCrypt.checkpw(password, config("registry/passwd").strip().split(":", 2)[1]));
    assertEquals(value(env, "CORE_SECRET"), value(config("jobservice/env"), "CORE_SECRET"));
    prepare(YML);
    assertNotEquals(value(env, "CORE_SECRET"), value(config("core/env"), "CORE_SECRET"));
    assertNotEquals(password, value(config("core/env"), "REGISTRY_CREDENTIAL_PASSWORD"));
    assertEquals(key, data("secret/keys/secretkey"));
    assertEquals("a key", data("secret/core/private_key.pem"));
  }

  private static String value(String env, String name) {
    return env.lines()
        .filter(line -> line.startsWith(name + "="))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + 1);
  }

  @Test
  void oneTokenFileAloneIsReplacedWithTheOther() throws Exception {
    Files.delete(places.data().resolve("secret/registry/root.crt"));
    prepare(YML);
    String pem = data("secret/core/private_key.pem");
    assertTrue(pem.startsWith("-----BEGIN RSA PRIVATE KEY-----\n"));
    assertEquals(pem, TokenKey.read(pem).pem());
    // Java itself reads no certificate without an issuer
    String certificate = places.data().resolve("secret/registry/root.crt").toString();
    Process openssl =
        new ProcessBuilder("openssl", "verify", "-CAfile", certificate, certificate).start();
    assertEquals(0, openssl.waitFor());
  }

  @Test
  void leavesOutWhatIsElsewhere() throws Exception {
    prepare(
        YML
            + """
            external_database:
              harbor: {host: db.test, port: 5433, db_name: harbor, username: u, password: p, ssl_mode: require}
            external_redis: {host: 'redis.test:6380', password: secret}
            storage_service:
              s3: {bucket: b, region: r, secure: true, chunksize: 5242880}
              redirect: {disable: true}
            metric: {enabled: true, port: 9191, path: /metrics}
            trivy: {offline_scan: true}
            proxy: {http_proxy: 'http://proxy.test', no_proxy: 10.0.0.1}
            """);
    assertFalse(services().containsKey("postgresql") || services().containsKey("redis"));
    assertTrue(services().containsKey("trivy-adapter"));
    assertEquals("[log, registry]", of("core", "depends_on"));
    assertTrue(of("proxy", "ports").contains("9191:9090"));
    assertEquals("harbor-exporter", of("exporter", "container_name"));
    assertTrue(config("nginx/nginx.conf").contains("location = /metrics {"));
    String env = config("core/env");
    assertEquals("5433", value(env, "POSTGRESQL_PORT"));
    assertEquals("redis://redis.test:6380", value(env, "REDIS_URL"));
    assertTrue(value(env, "NO_PROXY").endsWith(",10.0.0.1"));
    assertFalse(Files.exists(places.config().resolve("db/env")));
    Object registry =
        new Load(LoadSettings.builder().build()).loadFromString(config("registry/config.yml"));
    Map<?, ?> storage = map(registry, "storage");
    assertEquals(
        "{bucket=b, region=r, secure=true, chunksize=5242880}", String.valueOf(storage.get("s3")));
    assertEquals("{disable=true}", String.valueOf(storage.get("redirect")));
    assertFalse(storage.containsKey("filesystem"));
  }
}
