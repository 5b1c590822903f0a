package kk.cli.compat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kk.playbook.Keyword;
import kk.playbook.Play;
import kk.playbook.Playbook;

/// Names of variables that mean something else too: a keyword, or a function in every template.
final class ReservedNames {
  private static final List<String> FUNCTIONS =
      List.of(
          "range",
          "dict",
          "lipsum",
          "cycler",
          "joiner",
          "namespace",
          "lookup",
          "query",
          "q",
          "now",
          "undef");

  private ReservedNames() {}

  /// Those that a playbook's plays or the command line use.
  ///
  /// @param given variables from the command line
  static Set<String> in(Playbook playbook, Map<String, Object> given) {
    Set<String> reserved = new TreeSet<>(FUNCTIONS);
    Arrays.stream(Keyword.values()).map(Keyword::written).forEach(reserved::add);
    reserved.remove(Keyword.VARS.written());
    Set<String> used = new LinkedHashSet<>(given.keySet());
    for (Play play : playbook.plays()) {
      used.addAll(play.settings().map(Keyword.VARS).keySet());
    }
    used.retainAll(reserved);
    return used;
  }
}
