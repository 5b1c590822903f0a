package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The configuration of docker-registry for every storage, key by key against what each version of
/// the registry reads: an unknown key is ignored there in silence, and a second driver is fatal.
class RegistryConfigurationTest {
  private static final Set<String> DRIVERS = Set.of("filesystem", "azure", "gcs", "s3");
  private static final String STORAGE = "image_registry.docker_registry.storage.";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filesystem | filesystem.rootdir=/data",
        "filesystem | filesystem.rootdir=/data,filesystem.nfs_mount=/export",
        "azure      | azure.accountname=a,azure.accountkey=k,azure.container=c",
        "azure      | azure.accountname=a,azure.accountkey=k,azure.container=c,azure.realm=r",
        "gcs        | gcs.bucket=b,gcs.keyfile=/key.json",
        "gcs        | gcs.bucket=b,gcs.rootdirectory=/r,gcs.chunksize=524288",
        "s3         | s3.accesskey=a,s3.secretkey=s,s3.region=r,s3.bucket=b",
        "s3         | s3.region=r,s3.bucket=b",
        "s3         | s3.accesskey=a,s3.secretkey=s,s3.bucket=b,s3.regionendpoint=http://store",
        "s3         | s3.region=r,s3.bucket=b,s3.encrypt=true,s3.keyid=k,s3.storageclass=STANDARD"
      })
  void everyVersionReadsAllOfIt(String driver, String settings) throws IOException {
    for (String version : List.of("2.8.3", "3.0.0")) {
      Map<?, ?> configuration = rendered(version, prefixed(settings));

      Map<?, ?> storage = below(configuration, "storage");
      Set<Object> drivers = new TreeSet<>(storage.keySet());
      drivers.retainAll(DRIVERS);
      assertEquals(Set.of(driver), drivers, version);
      assertEquals(List.of(), flaws(schema(version), configuration, ""), version);
      for (String setting : settings.split(",", -1)) {
        String key = setting.substring(setting.indexOf('.') + 1, setting.indexOf('='));
        if (!driver.equals("filesystem") && !key.equals("keyfile")) {
          assertEquals(
              setting.substring(setting.indexOf('=') + 1),
              String.valueOf(below(storage, driver).get(key)));
        }
      }
    }
  }

  @Test
  void aStoreOfOnesOwnIsTalkedToByPath() throws IOException {
    String settings = prefixed("s3.bucket=b,s3.regionendpoint=http://store");

    assertEquals(
        Map.of("bucket", "b", "regionendpoint", "http://store", "region", "us-east-1"),
        driver(rendered("2.8.3", settings), "s3"));
    assertEquals(
        Map.of("bucket", "b", "regionendpoint", "http://store", "forcepathstyle", true),
        driver(rendered("3.0.0", settings), "s3"));
  }

  @Test
  void googlesKeyIsReadWhereItIsMounted() throws IOException {
    String settings = prefixed("gcs.bucket=b,gcs.keyfile=/home/you/key.json");

    assertEquals(
        "/etc/docker/registry/auth/gcs.json",
        driver(rendered("2.8.3", settings), "gcs").get("keyfile"));
    assertEquals(
        "/etc/distribution/auth/gcs.json",
        driver(rendered("3.1.1", settings), "gcs").get("keyfile"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image_registry.docker_registry.delete=true",
        "image_registry.docker_registry.redirect=true",
        "image_registry.tls.enabled=false",
        "registry_read_only=true"
      })
  void everySwitchIsRead(String setting) throws IOException {
    for (String version : List.of("2.8.3", "3.0.0")) {
      Map<?, ?> configuration =
          rendered(version, prefixed("s3.region=r,s3.bucket=b") + "," + setting);
      assertEquals(List.of(), flaws(schema(version), configuration, ""), version);
    }
  }

  @Test
  void aKeyThatNobodyReadsIsFound() throws IOException {
    Map<?, ?> wrong = Map.of("version", 0.1, "storage", Map.of("s3", Map.of("buckets", "b")));

    assertEquals(
        List.of(
            "storage.s3.bucket is missing",
            "storage.s3.buckets is read by nobody",
            "storage.s3.region is missing"),
        flaws(schema("2.8.3"), wrong, "").stream()
            .filter(flaw -> flaw.contains("s3"))
            .sorted()
            .toList());
  }

  private static Map<?, ?> driver(Map<?, ?> configuration, String name) {
    return below(below(configuration, "storage"), name);
  }

  private static Map<?, ?> below(Map<?, ?> map, String key) {
    return assertInstanceOf(Map.class, map.get(key), key);
  }

  private static String prefixed(String settings) {
    return STORAGE + settings.replace(",", "," + STORAGE);
  }

  private Map<?, ?> rendered(String version, String settings) throws IOException {
    Path role = Home.find().folder().resolve("roles/docker-registry");
    Path out = tmp.resolve("config.yml");
    Files.deleteIfExists(out);
    Path playbook = tmp.resolve("playbook.yaml");
    Files.writeString(
        playbook,
        """
        - hosts: image_registry
          connection: local
          roles: [defaults]
          tasks:
            - ansible.builtin.include_vars: %s/vars/main.yaml
            - ansible.builtin.template: {src: %s/templates/config.yml, dest: %s}
        """
            .formatted(role, role, out));
    Path inventory = tmp.resolve("inventory.yaml");
    Files.writeString(inventory, "image_registry: {hosts: {localhost: }}\n");
    CommandRun run =
        CommandRun.of(
            "run",
            playbook.toString(),
            "-i",
            inventory.toString(),
            "--workdir",
            tmp.toString(),
            "--set-string",
            "docker_registry_version=" + version,
            "--set",
            settings);
    assertEquals(0, run.exit(), run.output());
    return load(out);
  }

  private static Map<?, ?> schema(String version) throws IOException {
    String name = version.startsWith("2.8") ? "2.8" : "3";
    return load(Path.of("src/test/resources/registry-configuration", name + ".yaml"));
  }

  private static Map<?, ?> load(Path file) throws IOException {
    return assertInstanceOf(
        Map.class, new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
  }

  /// What the registry would not read as it is meant.
  private static List<String> flaws(Map<?, ?> schema, Map<?, ?> given, String place) {
    List<String> flaws = new ArrayList<>();
    given.forEach(
        (key, value) -> {
          String here = place + key;
          switch (schema.get(key)) {
            case null -> flaws.add(here + " is read by nobody");
            case Map<?, ?> below when value instanceof Map<?, ?> map ->
                flaws.addAll(flaws(below, map, here + "."));
            case Map<?, ?> _ -> flaws.add(here + " is no mapping");
            case Object type -> {
              if (!isA(type.toString().replace("!", ""), value)) {
                flaws.add(here + " is no " + type);
              }
            }
          }
        });
    schema.forEach(
        (key, type) -> {
          boolean required = type.toString().endsWith("!");
          if (required && !given.containsKey(key)) {
            flaws.add(place + key + " is missing");
          }
        });
    return flaws;
  }

  private static boolean isA(String type, Object value) {
    return switch (type) {
      case "any" -> true;
      case "text" -> value instanceof String || value instanceof Number;
      case "whole" -> value instanceof Integer;
      case "boolean" -> value instanceof Boolean;
      case "list" -> value instanceof List;
      default -> throw new IllegalArgumentException(type);
    };
  }
}
