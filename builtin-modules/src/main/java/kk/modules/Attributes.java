package kk.modules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kk.spi.FileMode;

/// Who may do what with a file. What is empty stays as it is.
record Attributes(Optional<FileMode> mode, Optional<String> owner, Optional<String> group) {
  static final Attributes NONE =
      new Attributes(Optional.empty(), Optional.empty(), Optional.empty());

  /// Sets the variables that `attributes.sh` reads.
  Script into(Script script) {
    return script
        .set("mode", mode.map(m -> m.isOctal() ? m.octal() : m.text()))
        .set("owner", owner)
        .set("group", group);
  }

  /// What `kk_report` told, under Ansible's names.
  static Map<String, Object> values(Answer answer) {
    Map<String, Object> values = new LinkedHashMap<>();
    answer
        .find("mode")
        .ifPresent(mode -> values.put("mode", "0".repeat(Math.max(0, 4 - mode.length())) + mode));
    answer.number("uid").ifPresent(uid -> values.put("uid", uid));
    answer.number("gid").ifPresent(gid -> values.put("gid", gid));
    answer.find("owner").ifPresent(owner -> values.put("owner", owner));
    answer.find("group").ifPresent(group -> values.put("group", group));
    answer.number("size").ifPresent(size -> values.put("size", size));
    answer.find("state").ifPresent(state -> values.put("state", state));
    return values;
  }
}
