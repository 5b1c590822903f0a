package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the script `facts.sh` found out, under Ansible's names without their `ansible_`.
final class Facts {
  private final Answer answer;
  private final List<String[]> rows = new ArrayList<>();
  private final Map<String, Object> facts = new LinkedHashMap<>();

  private Facts(String output) {
    List<String> plain = new ArrayList<>();
    for (String line : output.split("\n", -1)) {
      if (line.startsWith("@")) {
        int space = line.indexOf(' ');
        rows.add(new String[] {line.substring(1, space), line.substring(space + 1)});
      } else {
        plain.add(line);
      }
    }
    answer = Answer.of(plain.toArray(String[]::new));
  }

  static Map<String, Object> of(String output) {
    Facts facts = new Facts(output);
    facts.copy(
        "system", "nodename", "hostname", "fqdn", "kernel", "kernel_version", "machine", "user_id");
    facts.copy("pkg_mgr", "service_mgr", "init", "machine_id", "product_name", "system_vendor");
    facts.domain();
    facts.facts.putAll(OperatingSystem.facts(facts.answer));
    facts.hardware();
    facts.user();
    facts.time();
    facts.security();
    facts.facts.putAll(NetworkFacts.of(facts.rows));
    facts.facts.put("mounts", facts.mounts());
    facts.facts.put("env", facts.pairs("env"));
    facts.facts.put("cmdline", facts.pairs("cmdline"));
    return facts.facts;
  }

  private void copy(String... names) {
    for (String name : names) {
      answer.find(name).ifPresent(value -> facts.put(name, value));
    }
  }

  private void number(String name, String from) {
    answer.number(from).ifPresent(value -> facts.put(name, value));
  }

  private void domain() {
    String fqdn = answer.text("fqdn");
    facts.put(
        "domain",
        fqdn.substring(fqdn.indexOf('.') + 1).equals(fqdn)
            ? ""
            : fqdn.substring(fqdn.indexOf('.') + 1));
  }

  private void hardware() {
    facts.put(
        "architecture",
        switch (answer.text("machine")) {
          case "amd64" -> "x86_64";
          case "arm64" -> "aarch64";
          case "i486", "i586", "i686" -> "i386";
          case String other -> other;
        });
    long nproc = answer.number("processor_nproc").orElse(1L);
    facts.put("processor_nproc", nproc);
    facts.put("processor_vcpus", answer.number("processor_vcpus").filter(n -> n > 0).orElse(nproc));
    facts.put("processor_count", answer.number("processor_count").filter(n -> n > 0).orElse(1L));
    number("processor_cores", "processor_cores");
    answer.find("processor_model").ifPresent(model -> facts.put("processor", List.of(model)));
    Map<String, Long> memory = new LinkedHashMap<>();
    for (String row : rows("memory")) {
      String[] words = row.split(" ", -1);
      memory.put(words[0], Long.parseLong(words[1]) / 1024);
    }
    facts.put("memtotal_mb", memory.getOrDefault("MemTotal", 0L));
    facts.put("memfree_mb", memory.getOrDefault("MemFree", 0L));
    facts.put("memavailable_mb", memory.getOrDefault("MemAvailable", 0L));
    facts.put("swaptotal_mb", memory.getOrDefault("SwapTotal", 0L));
    facts.put("swapfree_mb", memory.getOrDefault("SwapFree", 0L));
    number("uptime_seconds", "uptime_seconds");
  }

  private void user() {
    number("user_uid", "user_uid");
    number("user_gid", "user_gid");
    String[] entry = answer.text("user_entry").split(":", -1);
    if (entry.length >= 7) {
      facts.put("user_gecos", entry[4]);
      facts.put("user_dir", entry[5]);
      facts.put("user_shell", entry[6]);
    }
  }

  private void time() {
    String[] words = answer.text("date").split(" ", -1);
    if (words.length < 6) {
      return;
    }
    String[] day = words[1].split("-", -1);
    String[] clock = words[2].split(":", -1);
    Map<String, Object> time = new LinkedHashMap<>();
    time.put("epoch", words[0]);
    time.put("date", words[1]);
    time.put("time", words[2]);
    time.put("year", day[0]);
    time.put("month", day[1]);
    time.put("day", day[2]);
    time.put("hour", clock[0]);
    time.put("minute", clock[1]);
    time.put("second", clock[2]);
    time.put("tz_offset", words[3]);
    time.put("tz", words[4]);
    time.put("weekday", words[5]);
    time.put("iso8601", answer.text("date_utc") + "Z");
    time.put("iso8601_basic_short", words[1].replace("-", "") + "T" + words[2].replace(":", ""));
    facts.put("date_time", time);
  }

  private void security() {
    Map<String, Object> selinux = new LinkedHashMap<>();
    String enforce = answer.text("selinux_enforce");
    selinux.put("status", enforce.isEmpty() ? "disabled" : "enabled");
    if (!enforce.isEmpty()) {
      selinux.put("mode", enforce.equals("1") ? "enforcing" : "permissive");
      answer.find("selinux_type").ifPresent(type -> selinux.put("type", type));
      answer.find("selinux_config").ifPresent(mode -> selinux.put("config_mode", mode));
    }
    facts.put("selinux", selinux);
    String virtual = answer.text("virtualization");
    boolean none = virtual.isEmpty() || virtual.equals("none");
    facts.put("virtualization_type", none ? "NA" : virtual);
    facts.put("virtualization_role", none ? "NA" : "guest");
    number("cgroup_version", "cgroup_version");
  }

  private List<Object> mounts() {
    List<Object> mounts = new ArrayList<>();
    for (String row : rows("mount")) {
      String[] words = row.split("\t", -1);
      String[] usage = words[4].split(" ", -1);
      long block = Long.parseLong(usage[0]);
      Map<String, Object> mount = new LinkedHashMap<>();
      mount.put("device", words[0]);
      mount.put("mount", words[1]);
      mount.put("fstype", words[2]);
      mount.put("options", words[3]);
      mount.put("size_total", block * Long.parseLong(usage[1]));
      mount.put("size_available", block * Long.parseLong(usage[2]));
      mount.put("block_size", block);
      mount.put("inode_total", Long.parseLong(usage[3]));
      mount.put("inode_available", Long.parseLong(usage[4]));
      mounts.add(mount);
    }
    return mounts;
  }

  private Map<String, Object> pairs(String table) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (String row : rows(table)) {
      int equals = row.indexOf('=');
      if (equals < 0) {
        pairs.put(row, true);
      } else {
        pairs.put(row.substring(0, equals), row.substring(equals + 1));
      }
    }
    return pairs;
  }

  private List<String> rows(String table) {
    return rows.stream().filter(row -> row[0].equals(table)).map(row -> row[1]).toList();
  }
}
