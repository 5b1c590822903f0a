package kk.modules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a script answered in lines of `name=value`. Later lines win; [#all] has every one.
record Answer(Map<String, List<String>> lines) {

  static Answer of(String... outputs) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (String output : outputs) {
      for (String line : output.split("\n", -1)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          lines
              .computeIfAbsent(line.substring(0, equals), _ -> new ArrayList<>())
              .add(line.substring(equals + 1));
        }
      }
    }
    return new Answer(lines);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(lines.get(name)).map(List::getLast).filter(v -> !v.isEmpty());
  }

  /// The value, empty when there is none.
  String text(String name) {
    return find(name).orElse("");
  }

  boolean yes(String name) {
    return text(name).equals("yes");
  }

  List<String> all(String name) {
    return lines.getOrDefault(name, List.of());
  }

  /// A whole number, when it is one.
  Optional<Long> number(String name) {
    return find(name).filter(v -> v.matches("-?\\d{1,18}")).map(Long::parseLong);
  }

  /// A value that was sent in base64, because it may have several lines.
  byte[] bytes(String name) {
    return Base64.getMimeDecoder().decode(text(name));
  }

  String decoded(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }
}
