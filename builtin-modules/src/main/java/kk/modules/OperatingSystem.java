package kk.modules;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
          Map.entry("linuxmint", "Linux Mint"));

  private final String family;
  private final String ids;

  OperatingSystem(String family, String ids) {
    this.family = family;
    this.ids = " " + ids + " ";
  }

  static Map<String, Object> facts(Answer answer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    String id = answer.text("os_id");
    String version = version(answer, id);
    String name = NAMES.getOrDefault(id, id.isEmpty() ? "NA" : capital(id));
    facts.put("distribution", name);
    facts.put("distribution_version", version.isEmpty() ? "NA" : version);
    facts.put("distribution_major_version", version.isEmpty() ? "NA" : version.split("\\.", 2)[0]);
    facts.put("distribution_release", answer.find("os_codename").orElse("NA"));
    facts.put("os_family", family(id + " " + answer.text("os_like")).orElse(name));
    return facts;
  }

  /// Debian's os-release has the major version alone; the minor one is in a file of its own.
  private static String version(Answer answer, String id) {
    String debian = answer.text("debian_version");
    return id.equals("debian") && debian.matches("[0-9.]+") ? debian : answer.text("os_version");
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
