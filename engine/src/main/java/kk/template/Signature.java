package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The arguments an operation takes, written as `"old new count?"`: a question mark makes one
/// optional, `others*` takes all further ones, `**` takes any name.
///
/// @param positional how many of the names can be given without naming them
/// @param required how many of the names must be given
/// @param takesMore whether further positional arguments are allowed
/// @param takesAnyName whether unknown names are allowed
record Signature(
    List<String> names, int positional, int required, boolean takesMore, boolean takesAnyName) {
  private static final Pattern SPACE = Pattern.compile(" ");

  static Signature of(String written) {
    List<String> names = new ArrayList<>();
    int required = 0;
    int positional = -1;
    boolean more = false;
    boolean anyName = false;
    List<String> words = written.isEmpty() ? List.of() : SPACE.splitAsStream(written).toList();
    for (String word : words) {
      if (word.equals("**")) {
        anyName = true;
      } else if (word.endsWith("*")) {
        more = true;
        positional = names.size();
      } else if (word.endsWith("?")) {
        names.add(word.substring(0, word.length() - 1));
      } else {
        names.add(word);
        required++;
      }
    }
    int count = positional < 0 ? names.size() : positional;
    return new Signature(List.copyOf(names), count, required, more, anyName);
  }

  /// A sentence for a message about wrong arguments.
  String described() {
    if (names.isEmpty() && !takesMore && !takesAnyName) {
      return "it takes no arguments";
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      words.add(i < required ? names.get(i) : "[" + names.get(i) + "]");
    }
    if (takesMore) {
      words.add("…");
    }
    return "it takes: " + String.join(", ", words);
  }
}
