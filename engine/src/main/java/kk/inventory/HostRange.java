package kk.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names written as a range: `web[01:20:2]`, `db-[a:f]`, both ends included, leading zeros kept.
final class HostRange {
  private static final Pattern RANGE =
      Pattern.compile("\\[(?:(\\d+):(\\d+)|([a-zA-Z]):([a-zA-Z]))(?::(\\d+))?]");

  private HostRange() {}

  static List<String> expand(String name) {
    Matcher range = RANGE.matcher(name);
    if (!range.find()) {
      return List.of(name);
    }
    int step = range.group(5) == null ? 1 : Math.max(1, Integer.parseInt(range.group(5)));
    List<String> names = new ArrayList<>();
    for (String piece : pieces(range, step)) {
      names.addAll(expand(name.substring(0, range.start()) + piece + name.substring(range.end())));
    }
    return names;
  }

  private static List<String> pieces(Matcher range, int step) {
    List<String> pieces = new ArrayList<>();
    if (range.group(1) != null) {
      int width = range.group(1).length();
      for (int i = Integer.parseInt(range.group(1));
          i <= Integer.parseInt(range.group(2));
          i += step) {
        pieces.add(("%0" + width + "d").formatted(i));
      }
    } else {
      for (char c = range.group(3).charAt(0); c <= range.group(4).charAt(0); c += (char) step) {
        pieces.add(String.valueOf(c));
      }
    }
    return pieces;
  }
}
