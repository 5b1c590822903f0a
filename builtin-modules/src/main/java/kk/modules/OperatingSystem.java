package kk.modules;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names distributions as Ansible does.
enum OperatingSystem {
  DEBIAN("Debian", "debian ubuntu raspbian linuxmint kali deepin uos"),
  REDHAT(
      "RedHat",
      "rhel centos rocky almalinux ol fedora amzn kylin openeuler anolis virtuozzo scientific"),
  SUSE("Suse", "sles sled opensuse opensuse-leap opensuse-tumbleweed suse"),
  ALPINE("Alpine", "alpine"),
  ARCHLINUX("Archlinux", "arch manjaro"),
  GENTOO("Gentoo", "gentoo");

  private static final Pattern RELEASE = Pattern.compile("release (\\d+\\.\\d+)");
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("rhel", "RedHat"),
          Map.entry("centos", "CentOS"),
          Map.entry("ol", "OracleLinux"),
          Map.entry("almalinux", "AlmaLinux"),
          Map.entry("amzn", "Amazon"),
          Map.entry("sles", "SLES"),
          Map.entry("opensuse-leap", "openSUSE Leap"),
          Map.entry("arch", "Archlinux"),
          Map.entry("openeuler", "openEuler"),
          Map.entry("kylin", "Kylin Linux Advanced Server"),
          Map.entry("linuxmint", "Linux Mint"));

  private final String family;
  private final String ids;

  OperatingSystem(String family, String ids) {
    this.family = family;
    this.ids = " " + ids + " ";
  }

  static Map<String, Object> facts(Answer answer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    String id = answer.text("os_id").toLowerCase(Locale.ROOT);
    String version = version(answer, id);
    String name = NAMES.getOrDefault(id, id.isEmpty() ? "NA" : capital(id));
    facts.put("distribution", name);
    facts.put("distribution_version", version.isEmpty() ? "NA" : version);
    facts.put("distribution_major_version", version.isEmpty() ? "NA" : version.split("\\.", 2)[0]);
    String[] parts = version.split("\\.", -1);
    if (parts.length > 1) {
      facts.put("distribution_minor_version", parts[1]);
    }
    facts.put("distribution_release", answer.find("os_codename").orElse("NA"));
    // Kylin's desktop has the id of its server, but is like Debian
    facts.put("os_family", family(answer.text("os_like") + " " + id).orElse(name));
    answer
        .find("os_file")
        .ifPresent(
            file -> {
              facts.put("distribution_file_path", file);
              facts.put("distribution_file_variety", facts.getOrDefault("os_family", name));
              facts.put("distribution_file_parsed", true);
            });
    return facts;
  }

  /// The os-release of Debian and of CentOS 7 has the major version alone; the minor one is in a
  /// file of its own.
  private static String version(Answer answer, String id) {
    String told = answer.text("os_version");
    if (id.equals("debian") && answer.text("debian_version").matches("[0-9.]+")) {
      return answer.text("debian_version");
    }
    Matcher centos = RELEASE.matcher(answer.text("redhat_release"));
    return id.equals("centos") && !told.contains(".") && centos.find() ? centos.group(1) : told;
  }

  private static Optional<String> family(String ids) {
    return Arrays.stream(ids.split(" ", -1))
        .flatMap(
            id -> Arrays.stream(values()).filter(system -> system.ids.contains(" " + id + " ")))
        .findFirst()
        .map(system -> system.family);
  }

  private static String capital(String id) {
    return Character.toUpperCase(id.charAt(0)) + id.substring(1);
  }
}
