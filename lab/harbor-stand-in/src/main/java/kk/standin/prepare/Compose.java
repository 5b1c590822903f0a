package kk.standin.prepare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// The file `docker-compose.yml`: services, containers, ports, users and capabilities are Harbor's.
final class Compose {
  private static final List<String> USUAL = List.of("CHOWN", "SETGID", "SETUID");
  private static final String TRUST =
      "./common/config/shared/trust-certificates:/harbor_cust_cert:z";

  private final HarborYml yml;
  private final String version;
  private final boolean trivy;
  private final String data;

  Compose(HarborYml yml, String version, boolean trivy) {
    this.yml = yml;
    this.version = version;
    this.trivy = trivy;
    this.data = yml.text("data_volume", "");
  }

  String text() {
    Map<String, Object> services = new LinkedHashMap<>();
    services.put("log", log());
    services.put("registry", registry());
    services.put("registryctl", registryControl());
    if (!yml.has("external_database")) {
      services.put("postgresql", postgresql());
    }
    services.put("core", core());
    services.put("portal", portal());
    services.put("jobservice", jobservice());
    if (!yml.has("external_redis")) {
      services.put("redis", redis());
    }
    services.put("proxy", proxy());
    if (trivy) {
      services.put("trivy-adapter", adapter());
    }
    if (yml.is("metric.enabled")) {
      services.put("exporter", exporter());
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("services", services);
    file.put("networks", Map.of("harbor", Map.of("external", false)));
    return new Dump(
            DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDereferenceAliases(true)
                .build())
        .dumpToString(file);
  }

  private Map<String, Object> service(String image, String container, List<String> capabilities) {
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("image", "stand-in/" + image + ":" + version);
    service.put("container_name", container);
    service.put("restart", "always");
    service.put("cap_drop", List.of("ALL"));
    if (!capabilities.isEmpty()) {
      service.put("cap_add", capabilities);
    }
    service.put("networks", List.of("harbor"));
    return service;
  }

  /// All but the log itself write to it.
  private static Map<String, Object> logged(
      Map<String, Object> service, String tag, String... dependencies) {
    service.put("depends_on", Stream.concat(Stream.of("log"), Stream.of(dependencies)).toList());
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("syslog-address", "tcp://localhost:1514");
    options.put("tag", tag);
    service.put("logging", Map.of("driver", "syslog", "options", options));
    return service;
  }

  private Map<String, Object> log() {
    Map<String, Object> log =
        service("harbor-log", "harbor-log", List.of("CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"));
    log.put("ports", List.of("127.0.0.1:1514:10514"));
    log.put(
        "volumes",
        List.of(
            yml.text("log.local.location", "") + ":/var/log/docker:z",
            "./common/config/log/logrotate.conf:/etc/logrotate.d/logrotate.conf:ro",
            "./common/config/log/rsyslog_docker.conf:/etc/rsyslog.d/rsyslog_docker.conf:ro"));
    return log;
  }

  private List<String> storage() {
    return List.of(
        data + "/registry:/storage:z",
        "./common/config/registry:/etc/registry:z",
        TRUST,
        data + "/secret/registry/root.crt:/etc/registry-root/root.crt:ro");
  }

  private Map<String, Object> registry() {
    Map<String, Object> service = service("registry", "registry", USUAL);
    service.put("volumes", storage());
    return logged(service, "registry");
  }

  private Map<String, Object> registryControl() {
    Map<String, Object> service = service("harbor-registryctl", "registryctl", USUAL);
    service.put("env_file", List.of("./common/config/registryctl/env"));
    List<String> volumes = new ArrayList<>(storage());
    volumes.add("./common/config/registryctl/config.yml:/etc/registryctl/config.yml:ro");
    service.put("volumes", volumes);
    return logged(service, "registryctl");
  }

  private Map<String, Object> postgresql() {
    Map<String, Object> service =
        service("harbor-db", "harbor-db", List.of("CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"));
    service.put("env_file", List.of("./common/config/db/env"));
    service.put("volumes", List.of(data + "/database:/var/lib/postgresql/data:z"));
    service.put("shm_size", "1gb");
    return logged(service, "postgresql");
  }

  private Map<String, Object> core() {
    Map<String, Object> service =
        service("harbor-core", "harbor-core", List.of("SETGID", "SETUID"));
    service.put("env_file", List.of("./common/config/core/env"));
    service.put(
        "volumes",
        List.of(
            data + "/ca_download:/etc/core/ca:z",
            data + "/:/data:z",
            "./common/config/core/app.conf:/etc/core/app.conf:ro",
            data + "/secret/core/private_key.pem:/etc/core/private_key.pem:ro",
            data + "/secret/keys/secretkey:/etc/core/key:ro",
            TRUST));
    List<String> needs = new ArrayList<>(List.of("registry"));
    if (!yml.has("external_redis")) {
      needs.add("redis");
    }
    if (!yml.has("external_database")) {
      needs.add("postgresql");
    }
    return logged(service, "core", needs.toArray(String[]::new));
  }

  private Map<String, Object> portal() {
    Map<String, Object> service =
        service(
            "harbor-portal",
            "harbor-portal",
            List.of("CHOWN", "SETGID", "SETUID", "NET_BIND_SERVICE"));
    service.put("volumes", List.of("./common/config/portal/nginx.conf:/etc/nginx/nginx.conf:ro"));
    return logged(service, "portal");
  }

  private Map<String, Object> jobservice() {
    Map<String, Object> service = service("harbor-jobservice", "harbor-jobservice", USUAL);
    service.put("env_file", List.of("./common/config/jobservice/env"));
    service.put(
        "volumes",
        List.of(
            data + "/job_logs:/var/log/jobs:z",
            "./common/config/jobservice/config.yml:/etc/jobservice/config.yml:ro",
            TRUST));
    return logged(service, "jobservice", "core");
  }

  private Map<String, Object> redis() {
    Map<String, Object> service = service("redis", "redis", USUAL);
    service.put("volumes", List.of(data + "/redis:/var/lib/redis"));
    return logged(service, "redis");
  }

  private Map<String, Object> proxy() {
    Map<String, Object> service =
        service("nginx", "nginx", List.of("CHOWN", "SETGID", "SETUID", "NET_BIND_SERVICE"));
    List<String> volumes = new ArrayList<>(List.of("./common/config/nginx:/etc/nginx:z", TRUST));
    List<String> ports = new ArrayList<>(List.of(yml.text("http.port", "80") + ":8080"));
    if (yml.has("https")) {
      volumes.add(data + "/secret/cert:/etc/cert:z");
      ports.add(yml.text("https.port", "443") + ":8443");
    }
    if (yml.is("metric.enabled")) {
      ports.add(yml.text("metric.port", "9090") + ":9090");
    }
    service.put("volumes", volumes);
    service.put("ports", ports);
    List<String> needs = new ArrayList<>(List.of("registry", "core", "portal"));
    if (yml.is("metric.enabled")) {
      needs.add("exporter");
    }
    return logged(service, "proxy", needs.toArray(String[]::new));
  }

  private Map<String, Object> exporter() {
    Map<String, Object> service = service("harbor-exporter", "harbor-exporter", List.of());
    service.put("env_file", List.of("./common/config/exporter/env"));
    return logged(service, "exporter", "core");
  }

  private Map<String, Object> adapter() {
    Map<String, Object> service = service("trivy-adapter", "trivy-adapter", List.of());
    service.put("env_file", List.of("./common/config/trivy-adapter/env"));
    service.put(
        "volumes",
        List.of(
            data + "/trivy-adapter/trivy:/home/scanner/.cache/trivy:z",
            data + "/trivy-adapter/reports:/home/scanner/.cache/reports:z",
            TRUST));
    return logged(service, "trivy-adapter", "redis");
  }
}
