package kk.cli.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kk.bind.ArgumentBinder;

/// Ansible's settings: an environment variable wins over the configuration file.
final class AnsibleSettings {
  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final Optional<Path> path;

  private AnsibleSettings(Map<String, String> environment, Optional<Path> path) {
    this.environment = environment;
    this.path = path;
    this.file = path.map(AnsibleSettings::entries).orElse(Map.of());
  }

  /// The settings of a process: `ANSIBLE_CONFIG`, or `ansible.cfg` here, at home or in `/etc`.
  static AnsibleSettings of(Map<String, String> environment, Path here) {
    Optional<String> named = Optional.ofNullable(environment.get("ANSIBLE_CONFIG"));
    Stream<Path> candidates =
        Stream.concat(
            named.stream().map(Path::of),
            Stream.of(
                here.resolve("ansible.cfg"),
                Path.of(System.getProperty("user.home"), ".ansible.cfg"),
                Path.of("/etc/ansible/ansible.cfg")));
    return new AnsibleSettings(environment, candidates.filter(Files::isRegularFile).findFirst());
  }

  /// The configuration file, if there is one.
  Optional<Path> path() {
    return path;
  }

  /// A setting.
  ///
  /// @param variable its environment variable without `ANSIBLE_`
  /// @param section where it stands in the file
  Optional<String> text(String variable, String section, String key) {
    return Optional.ofNullable(environment.get("ANSIBLE_" + variable))
        .or(() -> Optional.ofNullable(file.get(section + "." + key)));
  }

  boolean truth(String variable, String section, String key, boolean otherwise) {
    return truth(variable, section, key).orElse(otherwise);
  }

  /// A setting that is on or off, if anything is said.
  Optional<Boolean> truth(String variable, String section, String key) {
    return text(variable, section, key).flatMap(ArgumentBinder::truth);
  }

  /// Those that the lookup `config` knows, by the names it knows them by.
  Map<String, Object> byName() {
    return Map.of(
        "DEFAULT_PRIVATE_ROLE_VARS",
        truth("PRIVATE_ROLE_VARS", "defaults", "private_role_vars", false),
        "DEFAULT_BECOME_USER",
        text("BECOME_USER", "privilege_escalation", "become_user").orElse("root"),
        "DEFAULT_HASH_BEHAVIOUR",
        text("HASH_BEHAVIOUR", "defaults", "hash_behaviour").orElse("replace"),
        "DEFAULT_FORKS",
        text("FORKS", "defaults", "forks").map(Long::valueOf).orElse(5L),
        "DEFAULT_ROLES_PATH",
        folders("ROLES_PATH", "defaults", "roles_path").stream().map(Path::toString).toList());
  }

  List<Path> folders(String variable, String section, String key) {
    return text(variable, section, key).stream()
        .flatMap(text -> Stream.of(text.split(":", -1)))
        .filter(text -> !text.isBlank())
        .map(AnsibleSettings::expanded)
        .toList();
  }

  static Path expanded(String text) {
    String home = System.getProperty("user.home");
    return Path.of(text.startsWith("~/") ? home + text.substring(1) : text);
  }

  private static Map<String, String> entries(Path file) {
    Map<String, String> entries = new HashMap<>();
    String section = "";
    try {
      for (String raw : Files.readAllLines(file)) {
        String line = raw.strip();
        int equals = line.indexOf('=');
        if (line.startsWith("[") && line.endsWith("]")) {
          section = line.substring(1, line.length() - 1);
        } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
          entries.put(
              section + "." + line.substring(0, equals).strip().toLowerCase(Locale.ROOT),
              line.substring(equals + 1).strip());
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return entries;
  }
}
