package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
