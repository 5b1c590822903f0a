package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the scripts that look for facts found out, under Ansible's names without their `ansible_`.
final class Facts {
  private static final Pattern PYTHON = Pattern.compile("(\\S+) Python (\\d+)\\.(\\d+)\\.(\\d+).*");

  private final FactLines lines;
  private final Answer answer;
  private final Map<String, Object> facts = new LinkedHashMap<>();

  private Facts(FactLines lines) {
    this.lines = lines;
    this.answer = lines.values();
  }

  static Map<String, Object> of(String output) {
    FactLines lines = new FactLines(output);
    Facts facts = new Facts(lines);
    facts.copy(
        "system", "nodename", "hostname", "fqdn", "kernel", "kernel_version", "machine", "user_id");
    facts.copy("pkg_mgr", "service_mgr", "init", "machine_id");
    facts.domain();
    facts.facts.putAll(OperatingSystem.facts(facts.answer));
    facts.standardBase();
    facts.facts.putAll(HardwareFacts.of(lines));
    facts.facts.putAll(DiskFacts.of(lines));
    facts.user();
    facts.time();
    facts.load();
    facts.python();
    facts.facts.putAll(SecurityFacts.of(facts.answer));
    facts.facts.putAll(NetworkFacts.of(lines));
    facts.facts.put("env", facts.pairs("env"));
    facts.facts.put("cmdline", facts.pairs("cmdline"));
    facts.facts.put("proc_cmdline", facts.severalPairs("cmdline"));
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
    int dot = fqdn.indexOf('.');
    facts.put("domain", dot < 0 ? "" : fqdn.substring(dot + 1));
  }

  /// What the Linux Standard Base tells of a system, where there is something that tells it.
  private void standardBase() {
    Map<String, Object> base = new LinkedHashMap<>();
    Map<String, Object> told = pairs("lsb");
    if (!told.isEmpty()) {
      base.put("id", told.getOrDefault("ID", ""));
      base.put("release", told.getOrDefault("RELEASE", ""));
      base.put("codename", told.getOrDefault("CODENAME", ""));
      base.put("description", told.getOrDefault("DESCRIPTION", ""));
    } else if (answer.yes("has_lsb")) {
      base.put("id", facts.getOrDefault("distribution", ""));
      base.put("release", answer.text("os_version"));
      base.put("codename", answer.text("os_codename"));
      base.put("description", answer.text("os_pretty_name"));
    }
    if (!base.isEmpty()) {
      base.put("major_release", String.valueOf(base.get("release")).split("\\.", 2)[0]);
    }
    facts.put("lsb", base);
  }

  private void user() {
    number("user_uid", "user_uid");
    number("user_gid", "user_gid");
    number("real_user_id", "user_uid");
    number("real_group_id", "user_gid");
    number("effective_user_id", "user_uid");
    number("effective_group_id", "user_gid");
    String[] entry = answer.text("user_entry").split(":", -1);
    if (entry.length >= 7) {
      facts.put("user_gecos", entry[4]);
      facts.put("user_dir", entry[5]);
      facts.put("user_shell", entry[6]);
    }
  }

  private void time() {
    String[] words = answer.text("date").split(" ", -1);
    if (words.length < 11) {
      return;
    }
    String[] day = words[1].split("-", -1);
    String[] clock = words[2].split(":", -1);
    // busybox's date knows seconds only
    String micro = words[10].matches("\\d{9}") ? words[10].substring(0, 6) : "000000";
    String basic = words[1].replace("-", "") + "T" + words[2].replace(":", "");
    Map<String, Object> time = new LinkedHashMap<>();
    time.put("epoch", words[0]);
    time.put("epoch_int", words[0]);
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
    time.put("weekday_number", words[8]);
    time.put("weeknumber", words[9]);
    time.put("iso8601", answer.text("date_utc") + "Z");
    time.put("iso8601_micro", answer.text("date_utc") + "." + micro + "Z");
    time.put("iso8601_basic", basic + micro);
    time.put("iso8601_basic_short", basic);
    facts.put("date_time", time);
  }

  private void load() {
    number("uptime_seconds", "uptime_seconds");
    String[] load = answer.text("loadavg").split(" ", -1);
    if (load.length > 2) {
      facts.put(
          "loadavg",
          Map.of(
              "1m", Double.valueOf(load[0]),
              "5m", Double.valueOf(load[1]),
              "15m", Double.valueOf(load[2])));
    }
  }

  /// The Python that modules of Ansible would run with; kk needs none.
  private void python() {
    Optional<Matcher> told = answer.find("python").map(PYTHON::matcher).filter(Matcher::matches);
    if (told.isEmpty()) {
      return;
    }
    Matcher python = told.get();
    long major = Long.parseLong(python.group(2));
    long minor = Long.parseLong(python.group(3));
    long micro = Long.parseLong(python.group(4));
    facts.put("python_version", major + "." + minor + "." + micro);
    facts.put(
        "python",
        Map.of(
            "executable", python.group(1),
            "type", "cpython",
            "has_sslcontext", true,
            "version",
                Map.of(
                    "major", major,
                    "minor", minor,
                    "micro", micro,
                    "releaselevel", "final",
                    "serial", 0L),
            "version_info", List.of(major, minor, micro, "final", 0L)));
  }

  private Map<String, Object> pairs(String table) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (String row : lines.rows(table)) {
      int equals = row.indexOf('=');
      if (equals < 0) {
        pairs.put(row, true);
      } else {
        pairs.put(row.substring(0, equals), row.substring(equals + 1));
      }
    }
    return pairs;
  }

  /// Like [#pairs], with a list where a name occurs more than once.
  private Map<String, Object> severalPairs(String table) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (String row : lines.rows(table)) {
      int equals = row.indexOf('=');
      String name = equals < 0 ? row : row.substring(0, equals);
      Object value = equals < 0 ? true : row.substring(equals + 1);
      pairs.merge(name, value, Facts::both);
    }
    return pairs;
  }

  private static Object both(Object before, Object next) {
    List<Object> all = new ArrayList<>();
    if (before instanceof List<?> several) {
      all.addAll(several);
    } else {
      all.add(before);
    }
    all.add(next);
    return all;
  }
}
