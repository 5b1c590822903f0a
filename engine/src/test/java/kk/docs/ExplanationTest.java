package kk.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every problem that the sources can report is explained, and nothing else is.
class ExplanationTest {
  private static final Pattern REPORTED =
      Pattern.compile("(?:Problem\\s*\\.\\s*(?:of|warning)|new Flaw|new Refusal)\\(\\s*([^,]+),");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z-]+)\"");
  private static final Pattern UNKNOWN = Pattern.compile("\\.unknown\\(\\s*\"([a-z]+)\"");

  /// Ids that are not literals: made from one that is, or passed on from where it is.
  private static final Set<String> PASSED_ON = Set.of("id", "refusal.id()", "\"unknown-\" + what");

  @Test
  void everyReportedProblemIsExplained() throws IOException {
    Set<String> reported = new TreeSet<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      Matcher problem = REPORTED.matcher(text);
      while (problem.find()) {
        String id = problem.group(1).strip();
        Matcher literal = LITERAL.matcher(id);
        if (literal.matches()) {
          reported.add(literal.group(1));
        } else {
          assertTrue(PASSED_ON.contains(id), file + " reports a problem whose id is `" + id + "`");
        }
      }
      Matcher unknown = UNKNOWN.matcher(text);
      while (unknown.find()) {
        // a template's unknown tag becomes a problem of syntax
        if (!unknown.group(1).equals("tag")) {
          reported.add("unknown-" + unknown.group(1));
        }
      }
    }
    assertEquals(
        reported,
        new TreeSet<>(Explanation.ids()),
        "ids in the sources on the left; each needs an entry in kk.docs.Explanation");
  }

  @Test
  void explanationsAreSentences() {
    for (Explanation each : Explanation.values()) {
      for (String text : List.of(each.meaning(), each.remedy())) {
        assertTrue(text.endsWith("."), each.id() + ": " + text);
        assertEquals(text.strip(), text, each.id());
      }
    }
    assertEquals(
        Explanation.values().length,
        Arrays.stream(Explanation.values()).map(Explanation::meaning).distinct().count());
  }

  private static List<Path> sources() throws IOException {
    Path home = Path.of(System.getProperty("kk.home"));
    try (Stream<Path> engine = Files.walk(home.resolve("engine/src/main/java"));
        Stream<Path> modules = Files.walk(home.resolve("builtin-modules/src/main/java"))) {
      return Stream.concat(engine, modules)
          .filter(file -> file.toString().endsWith(".java"))
          .toList();
    }
  }
}
