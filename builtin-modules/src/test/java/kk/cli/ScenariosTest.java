package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kk.docs.Explanation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every scenario with real modules on this machine and compares all that is told with
/// `expected.out`. A missing one is written and the test fails; `-Dgolden=update` rewrites all.
class ScenariosTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  @TestFactory
  Stream<DynamicTest> tellsWhatIsExpected() throws IOException {
    return Scenario.all().stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> check(scenario)));
  }

  @Test
  void thereAreScenarios() throws IOException {
    assertTrue(Scenario.all().size() >= 40, "only " + Scenario.all().size());
  }

  /// Problems that are told without their id, each within a scenario of its own, and one that needs
  /// an editor, which `VaultCommandTest` starts.
  private static final Set<String> TOLD_OTHERWISE =
      Set.of(
          "condition-failed", "loop-of-no-list", "no-hosts", "unknown-connector", "editor-failed");

  @Test
  void everyProblemIsShownInAScenario() throws IOException {
    Set<String> missing = new TreeSet<>(Explanation.ids());
    for (Scenario scenario : Scenario.all()) {
      if (Files.exists(scenario.file("expected.out"))) {
        String told = Files.readString(scenario.file("expected.out"));
        missing.removeIf(id -> told.contains("[" + id + "]: "));
      }
    }
    missing.removeAll(TOLD_OTHERWISE);
    assertEquals(Set.of(), missing, "add a scenario whose `expected.out` shows each of these");
  }

  private void check(Scenario scenario) throws IOException {
    Path own = Files.createDirectory(tmp.resolve(scenario.name())).toRealPath();
    Scenario.Result result = scenario.run(own);
    Path expected = scenario.file("expected.out");
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(expected, result.text());
    } else if (!Files.exists(expected)) {
      Files.writeString(expected, result.text());
      fail("there was no " + expected + "; it has been written, read it");
    } else {
      assertEquals(Files.readString(expected), result.text());
    }
    if (scenario.hasOracle()) {
      assertEquals(
          Files.readString(scenario.file("oracle")),
          Scenario.oracleText(result.recap(), result.files()),
          "Ansible's totals and files");
    }
  }
}
