package kk.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import kk.spi.Diff;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
  private static List<String> lines(String before, String after) {
    List<String> lines = UnifiedDiff.lines(new Diff("/etc/x", before, after));
    assertEquals(List.of("--- /etc/x before", "+++ /etc/x after"), lines.subList(0, 2));
    return lines.subList(2, lines.size());
  }

  @Test
  void showsWhatChanged() {
    assertEquals(
        List.of(" one", "-two", "+2", " three", "+four"),
        lines("one\ntwo\nthree\n", "one\n2\nthree\nfour\n"));
  }

  @Test
  void showsThreeLinesAroundAndMarksGaps() {
    String before = String.join("\n", IntStream.range(0, 30).mapToObj(i -> "l" + i).toList());
    String after = before.replace("l10", "changed").replace("l25", "changed too");

    assertEquals(
        List.of(
            "@@",
            " l7",
            " l8",
            " l9",
            "-l10",
            "+changed",
            " l11",
            " l12",
            " l13",
            "@@",
            " l22",
            " l23",
            " l24",
            "-l25",
            "+changed too",
            " l26",
            " l27",
            " l28"),
        lines(before, after));
  }

  @Test
  void fromNothingAndToNothing() {
    assertEquals(List.of("+a", "+b"), lines("", "a\nb\n"));
    assertEquals(List.of("-a"), lines("a", ""));
    assertEquals(List.of(), lines("a\n", "a\n"));
  }

  @Test
  void veryLongTextsAreCounted() {
    String before = "x\n".repeat(5000);
    String after = "y\n".repeat(5001);

    assertEquals(List.of("@@ 5000 lines before, 5001 after @@"), lines(before, after));
  }
}
