package kk.standin.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The file `harbor.yml`. Keys are written with dots: `https.certificate`.
final class HarborYml {
  private static final List<String> REQUIRED =
      List.of(
          "hostname",
          "harbor_admin_password",
          "data_volume",
          "jobservice.max_job_workers",
          "jobservice.job_loggers",
          "jobservice.logger_sweeper_duration",
          "notification.webhook_job_max_retry",
          "notification.webhook_job_http_client_timeout",
          "log.level",
          "log.local.rotate_count",
          "log.local.rotate_size",
          "log.local.location");

  private final Map<?, ?> root;

  private HarborYml(Map<?, ?> root) {
    this.root = root;
  }

  static HarborYml read(Path file) throws IOException, Rejected {
    try {
      Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      if (!(read instanceof Map<?, ?> map)) {
        throw new Rejected("harbor.yml is no mapping");
      }
      HarborYml yml = new HarborYml(map);
      yml.check();
      return yml;
    } catch (YamlEngineException e) {
      throw new Rejected("harbor.yml is no YAML: " + e.getMessage());
    }
  }

  private void check() throws Rejected {
    for (String key : REQUIRED) {
      require(key);
    }
    for (String block : List.of("https", "metric")) {
      List<String> keys =
          block.equals("https")
              ? List.of("certificate", "private_key")
              : List.of("enabled", "port", "path");
      for (String key : has(block) ? keys : List.<String>of()) {
        require(block + "." + key);
      }
    }
    if (!has("external_database")) {
      require("database.password");
    }
    String hostname = text("hostname", "");
    if (hostname.equals("127.0.0.1") || hostname.equals("reg.mydomain.com")) {
      throw new Rejected("hostname must be one that clients reach, and is " + hostname);
    }
    if (is("internal_tls.enabled")) {
      throw new Rejected("the stand-in has no TLS between its services: leave internal_tls out");
    }
    if (has("log.external_endpoint")) {
      throw new Rejected("the stand-in forwards no logs: leave log.external_endpoint out");
    }
  }

  private @Nullable Object value(String key) {
    Object found = root;
    for (String part : key.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return found;
  }

  boolean has(String key) {
    return value(key) != null;
  }

  boolean is(String key) {
    return Boolean.TRUE.equals(value(key));
  }

  String text(String key, String usual) {
    return Optional.ofNullable(value(key)).map(String::valueOf).orElse(usual);
  }

  String require(String key) throws Rejected {
    Object found = value(key);
    if (found == null || String.valueOf(found).isEmpty()) {
      throw new Rejected("harbor.yml has no " + key);
    }
    return String.valueOf(found);
  }

  Map<?, ?> map(String key) {
    return value(key) instanceof Map<?, ?> map ? map : Map.of();
  }
}
