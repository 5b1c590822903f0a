package kk.report;

import java.util.ArrayList;
import java.util.List;
import kk.spi.Diff;

/// Draws before and after as the lines that differ, with some that don't around them.
final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final int MOST_LINES = 4000;

  private UnifiedDiff() {}

  static List<String> lines(Diff diff) {
    List<String> before = diff.before().lines().toList();
    List<String> after = diff.after().lines().toList();
    List<String> out = new ArrayList<>();
    out.add("--- " + diff.what() + " before");
    out.add("+++ " + diff.what() + " after");
    if ((long) before.size() * after.size() > (long) MOST_LINES * MOST_LINES) {
      out.add("@@ " + before.size() + " lines before, " + after.size() + " after @@");
      return out;
    }
    List<String> edits = edits(before, after);
    boolean[] shown = new boolean[edits.size()];
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i).charAt(0) != ' ') {
        for (int j = Math.max(0, i - CONTEXT); j <= Math.min(edits.size() - 1, i + CONTEXT); j++) {
          shown[j] = true;
        }
      }
    }
    for (int i = 0; i < edits.size(); i++) {
      if (shown[i]) {
        if (i > 0 && !shown[i - 1]) {
          out.add("@@");
        }
        out.add(edits.get(i));
      }
    }
    return out;
  }

  /// All lines with `+`, `-` or a blank in front, by the longest common subsequence.
  private static List<String> edits(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> edits = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        edits.add(" " + before.get(i));
        i++;
        j++;
      } else if (j >= after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        edits.add("-" + before.get(i));
        i++;
      } else {
        edits.add("+" + after.get(j));
        j++;
      }
    }
    return edits;
  }
}
