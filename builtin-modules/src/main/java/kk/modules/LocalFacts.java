package kk.modules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import kk.spi.Unevaluated;
import org.jspecify.annotations.Nullable;

/// Facts that a host tells of itself: the files `*.fact` of a directory there, and what those print
/// that can be run. Each is JSON, or sections of `name=value`.
final class LocalFacts {
  private static final String ROW = "@local ";

  private LocalFacts() {}

  /// Reads them from what `facts.sh` has printed.
  static Map<String, Object> of(String output, HostAccess host) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (String line : output.split("\n", -1)) {
      if (line.startsWith(ROW)) {
        String[] row = line.substring(ROW.length()).split("\t", 3);
        facts.put(row[0], fact(row[0], row[1], row[2], host));
      }
    }
    return facts;
  }

  private static Object fact(String name, String status, String encoded, HostAccess host) {
    String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    if (!status.equals("0")) {
      return "Failure executing fact script (" + name + "), rc: " + status + ", err: " + text;
    }
    try {
      @Nullable Object value =
          host.evaluate(new Unevaluated("'" + encoded + "' | b64decode | from_json"));
      return value == null ? "" : value;
    } catch (TaskFailed e) {
      List<String> odd = new ArrayList<>();
      Map<String, Map<String, Object>> sections = sections(text, odd);
      return odd.isEmpty()
          ? sections
          : "error loading facts as JSON or ini - please check content of " + name + ": " + odd;
    }
  }

  private static Map<String, Map<String, Object>> sections(String text, List<String> odd) {
    Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
    String section = "";
    for (String raw : text.split("\n", -1)) {
      String line = raw.strip();
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1);
        sections.put(section, new LinkedHashMap<>());
      } else if (equals > 0 && sections.containsKey(section)) {
        sections
            .get(section)
            .put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
        odd.add(line);
      }
    }
    return sections;
  }
}
