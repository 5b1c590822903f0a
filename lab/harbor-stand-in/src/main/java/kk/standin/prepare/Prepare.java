package kk.standin.prepare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kk.standin.core.Passwords;
import kk.standin.core.TokenKey;
import org.mindrot.jbcrypt.BCrypt;

/// Makes of `harbor.yml` what the containers are started with. The secrets between the containers
/// are new each time; what must last (token key, secret key) stays once it is there.
public final class Prepare {
  private static final String CREDENTIAL_USER = "harbor_registry_user";
  private static final String PRIVATE = "rw-------";
  private static final String SHARED = "rw-r-----";

  private final Places places;
  private final String version;
  private final boolean trivy;

  /// Reads nothing yet.
  ///
  /// @param version of the images
  public Prepare(Places places, String version, boolean trivy) {
    this.places = places;
    this.version = version;
    this.trivy = trivy;
  }

  /// Says on standard output what it makes.
  public void run() throws IOException, GeneralSecurityException, Rejected {
    HarborYml yml = HarborYml.read(places.input().resolve("harbor.yml"));
    byte[] certificate = file(yml, "https.certificate");
    byte[] privateKey = file(yml, "https.private_key");
    byte[] authority = file(yml, "storage_service.ca_bundle");
    checkSecretKey();
    Map<String, String> values = values(yml);
    clear();
    folders();
    render(yml, values);
    if (authority.length > 0) {
      write("shared/trust-certificates/ca_bundle.crt", authority);
    }
    if (certificate.length > 0) {
      certificates(certificate, privateKey);
    }
    secrets();
    String compose = new Compose(yml, version, trivy).text();
    Files.writeString(places.compose().resolve("docker-compose.yml"), compose);
    System.out.println(
        "Generated configuration file: /compose_location/docker-compose.yml (stand-in)");
  }

  /// The content of the host's file that a key names; nothing without the key.
  private byte[] file(HarborYml yml, String key) throws IOException, Rejected {
    if (!yml.has(key)) {
      return new byte[0];
    }
    Path file = places.onHost(yml.require(key));
    if (!Files.isRegularFile(file)) {
      throw new Rejected(key + " names " + yml.require(key) + ", which is no file");
    }
    return Files.readAllBytes(file);
  }

  private Path secretKey() {
    return places.data().resolve("secret/keys/secretkey");
  }

  private void checkSecretKey() throws IOException, Rejected {
    if (Files.exists(secretKey()) && Files.readString(secretKey()).length() != 16) {
      throw new Rejected("secret/keys/secretkey must have 16 characters");
    }
  }

  private void clear() throws IOException {
    Files.createDirectories(places.config());
    for (Path file : OwnedFiles.everything(places.config())) {
      if (Files.isRegularFile(file)) {
        Files.delete(file);
        System.out.println("Clearing the configuration file: " + file);
      }
    }
    Files.createDirectories(places.config().resolve("shared/trust-certificates"));
    Files.createDirectories(places.config().resolve("nginx/conf.d"));
  }

  private void folders() throws IOException {
    Path data = places.data();
    for (String name : List.of("registry", "job_logs", "ca_download")) {
      OwnedFiles.folder(data.resolve(name), OwnedFiles.HARBOR);
    }
    if (trivy) {
      OwnedFiles.folder(data.resolve("trivy-adapter/trivy"), OwnedFiles.HARBOR);
      OwnedFiles.folder(data.resolve("trivy-adapter/reports"), OwnedFiles.HARBOR);
    }
    OwnedFiles.folder(data.resolve("redis"), OwnedFiles.DATABASE);
    OwnedFiles.folder(data.resolve("database"), OwnedFiles.DATABASE);
    Files.setPosixFilePermissions(
        data.resolve("database"), PosixFilePermissions.fromString("rwx------"));
  }

  private Map<String, String> values(HarborYml yml) throws Rejected {
    String hostname = yml.require("hostname");
    String port =
        yml.text(yml.has("https") ? "https.port" : "http.port", yml.has("https") ? "443" : "80");
    String number = port.substring(port.lastIndexOf(':') + 1);
    String usual = yml.has("https") ? "443" : "80";
    String authority = hostname + (number.equals(usual) ? "" : ":" + number);
    String address = (yml.has("https") ? "https://" : "http://") + authority;
    Map<String, String> values = new TreeMap<>();
    values.put("address", address);
    values.put("external_url", yml.text("external_url", address).replaceAll("/+$", ""));
    values.put("admin_password", yml.require("harbor_admin_password"));
    values.put("core_secret", Passwords.random(16));
    values.put("jobservice_secret", Passwords.random(16));
    values.put("csrf_key", Passwords.random(32));
    values.put("http_secret", Passwords.random(32));
    values.put("registry_user", CREDENTIAL_USER);
    values.put("registry_password", Passwords.random(32));
    values.put("with_trivy", Boolean.toString(trivy));
    String level = yml.require("log.level");
    values.put(
        "log_level", level.equals("warning") ? "warn" : level.equals("fatal") ? "error" : level);
    values.put("rotate_count", yml.require("log.local.rotate_count"));
    values.put("rotate_size", yml.require("log.local.rotate_size"));
    values.put("job_workers", yml.require("jobservice.max_job_workers"));
    values.put("version", version);
    values.putAll(database(yml));
    values.putAll(redis(yml));
    values.put("proxy", proxy(yml));
    values.put("storage", Storage.of(yml));
    return values;
  }

  private static Map<String, String> database(HarborYml yml) throws Rejected {
    if (!yml.has("external_database")) {
      String password = yml.require("database.password");
      return Map.of(
          "db_host",
          "postgresql",
          "db_port",
          "5432",
          "db_name",
          "registry",
          "db_user",
          "postgres",
          "db_password",
          password,
          "db_ssl",
          "disable");
    }
    String key = "external_database.harbor.";
    return Map.of(
        "db_host", yml.require(key + "host"),
        "db_port", yml.require(key + "port"),
        "db_name", yml.require(key + "db_name"),
        "db_user", yml.require(key + "username"),
        "db_password", yml.require(key + "password"),
        "db_ssl", yml.text(key + "ssl_mode", "disable"));
  }

  private static Map<String, String> redis(HarborYml yml) throws Rejected {
    String host = yml.has("external_redis") ? yml.require("external_redis.host") : "redis:6379";
    return Map.of(
        "redis_url", "redis://" + host, "redis_password", yml.text("external_redis.password", ""));
  }

  private static String proxy(HarborYml yml) {
    StringBuilder lines = new StringBuilder();
    for (String name : List.of("http_proxy", "https_proxy")) {
      String value = yml.text("proxy." + name, "");
      if (!value.isEmpty()) {
        lines.append(name.toUpperCase(Locale.ROOT)).append('=').append(value).append('\n');
      }
    }
    String own =
        "127.0.0.1,localhost,.local,.internal,log,db,redis,core,portal,postgresql,jobservice,"
            + "registry,registryctl,proxy,trivy-adapter,exporter";
    String more = yml.text("proxy.no_proxy", "");
    return lines.isEmpty() ? "" : lines + "NO_PROXY=" + own + (more.isEmpty() ? "" : "," + more);
  }

  private void render(HarborYml yml, Map<String, String> values) throws IOException, Rejected {
    Map<String, String> files = new TreeMap<>();
    for (String name :
        List.of(
            "core/env",
            "core/app.conf",
            "jobservice/env",
            "jobservice/config.yml",
            "registryctl/env",
            "registryctl/config.yml",
            "registry/config.yml",
            "log/logrotate.conf",
            "log/rsyslog_docker.conf",
            "portal/nginx.conf")) {
      files.put(name, name.replace('/', '.'));
    }
    if (!yml.has("external_database")) {
      files.put("db/env", "db.env");
    }
    if (yml.is("metric.enabled")) {
      files.put("exporter/env", "exporter.env");
    }
    if (trivy) {
      files.put("trivy-adapter/env", "trivy-adapter.env");
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(file.getKey(), Template.read(file.getValue()).with(values));
    }
    values.put("metric_path", yml.text("metric.path", "/metrics"));
    values.put(
        "metrics", yml.is("metric.enabled") ? Template.read("nginx.metrics").with(values) : "");
    values.put("routes", Template.read("nginx.routes").text());
    String nginx = yml.has("https") ? "nginx.https.conf" : "nginx.http.conf";
    write("nginx/nginx.conf", Template.read(nginx).with(values));
    String hash = BCrypt.hashpw(values.get("registry_password"), BCrypt.gensalt(5));
    write("registry/passwd", (CREDENTIAL_USER + ":" + hash + "\n"));
  }

  private void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] content) throws IOException {
    OwnedFiles.write(places.config().resolve(name), content, SHARED);
    System.out.println("Generated configuration file: /config/" + name);
  }

  private void certificates(byte[] certificate, byte[] privateKey) throws IOException {
    Path folder = places.data().resolve("secret/cert");
    if (Files.exists(folder)) {
      for (Path old : OwnedFiles.everything(folder)) {
        Files.delete(old);
      }
    }
    OwnedFiles.folder(folder, OwnedFiles.HARBOR);
    OwnedFiles.write(folder.resolve("server.crt"), certificate, PRIVATE);
    OwnedFiles.write(folder.resolve("server.key"), privateKey, PRIVATE);
  }

  /// Both token files are made anew unless both are there.
  private void secrets() throws IOException, GeneralSecurityException {
    Path secret = places.data().resolve("secret");
    Path key = secret.resolve("core/private_key.pem");
    Path certificate = secret.resolve("registry/root.crt");
    for (String name : List.of("core", "keys", "registry")) {
      OwnedFiles.folder(secret.resolve(name), OwnedFiles.HARBOR);
    }
    if (Files.exists(secretKey())) {
      OwnedFiles.own(secretKey(), OwnedFiles.HARBOR);
    } else {
      OwnedFiles.write(secretKey(), Passwords.random(16), PRIVATE);
      System.out.println("Generated and saved secret to file: /data/secret/keys/secretkey");
    }
    if (Files.exists(key) && Files.exists(certificate)) {
      OwnedFiles.own(key, OwnedFiles.HARBOR);
      OwnedFiles.own(certificate, OwnedFiles.HARBOR);
    } else {
      TokenKey made = TokenKey.generate(4096);
      OwnedFiles.write(key, made.pem(), PRIVATE);
      OwnedFiles.write(certificate, made.certificate(), PRIVATE);
      System.out.println("Successfully called func: create_root_cert (stand-in)");
    }
  }
}
