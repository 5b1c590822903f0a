package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Asks the real Ansible what the scenarios with a file `oracle` come to, and compares totals and
/// written files with what that file says. [ScenariosTest] holds kk to the same file each time,
/// also where there is no Ansible; so this one has to run only when a scenario is new or changed:
/// `-Doracle=live`. `-Dgolden=update` records the answers.
///
/// Debian 12 has ansible-core 2.14, kk means 2.19. 2.14 is told to have native types. A scenario in
/// which the two differ on purpose has no oracle and says so in its first line: `any_errors_fatal`
/// within a block, `retries` without `until`, mappings of which only a part is needed, a failing
/// handler within a rescue, a missing file of an include within one, and included roles, which 2.14
/// doesn't count.
class OracleTest {
  private static final Path ANSIBLE = Path.of("/usr/bin/ansible-playbook");
  private static final boolean UPDATES = "update".equals(System.getProperty("golden"));
  private static final Pattern RECAP =
      Pattern.compile(
          "(?m)^(\\S+) +: (ok=\\d+) +(changed=\\d+) +(unreachable=\\d+) +(failed=\\d+)"
              + " +(skipped=\\d+) +(rescued=\\d+) +(ignored=\\d+)");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  /// What Ansible came to.
  ///
  /// @param oracle totals and files
  /// @param told its output
  private record Answer(String oracle, String told) {}

  @TestFactory
  Stream<DynamicTest> ansibleComesToTheSame() throws IOException, InterruptedException {
    String why =
        !Files.isExecutable(ANSIBLE)
            ? ANSIBLE + " is missing: install ansible-core"
            : isAsked() ? "" : "it takes minutes: -Doracle=live";
    if (!why.isEmpty()) {
      System.err.println(
          "SKIPPED: asking Ansible about " + oracles().size() + " scenarios; " + why);
    }
    assumeTrue(why.isEmpty(), why);
    Map<Scenario, Future<Answer>> answers = new LinkedHashMap<>();
    try (ExecutorService several =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Scenario scenario : oracles()) {
        answers.put(scenario, several.submit(() -> ask(scenario)));
      }
    }
    return answers.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().name(), () -> compare(entry.getKey(), entry.getValue().get())));
  }

  @Test
  void thereAreOracles() throws IOException {
    assertTrue(oracles().size() >= 150, "only " + oracles().size());
  }

  private static boolean isAsked() {
    return UPDATES || "live".equals(System.getProperty("oracle"));
  }

  private static List<Scenario> oracles() throws IOException {
    return Scenario.all().stream().filter(Scenario::hasOracle).toList();
  }

  private Answer ask(Scenario scenario) throws IOException, InterruptedException {
    Path own = Files.createDirectory(tmp.resolve(scenario.name())).toRealPath();
    Path log = tmp.resolve(scenario.name() + ".log");
    List<String> line = new ArrayList<>();
    line.addAll(List.of(ANSIBLE.toString(), "-i", scenario.inventory().toString()));
    line.addAll(List.of("-e", "tmp=" + own, scenario.file("playbook.yaml").toString()));
    scenario
        .arguments()
        .forEach(word -> line.add(word.replace("@FOLDER@", scenario.folder().toString())));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(log.toFile()).directory(scenario.folder().toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "ANSIBLE_NOCOLOR", "1",
                "ANSIBLE_PIPELINING", "1",
                "ANSIBLE_JINJA2_NATIVE", "1",
                "ANSIBLE_RETRY_FILES_ENABLED", "0",
                "ANSIBLE_PYTHON_INTERPRETER", "/usr/bin/python3",
                "ANSIBLE_HOME", tmp.resolve("ansible").toString(),
                "LC_ALL", "C.UTF-8"));
    builder.start().waitFor();
    String told = Files.readString(log, StandardCharsets.UTF_8);
    StringBuilder recap = new StringBuilder();
    Matcher host = RECAP.matcher(told);
    while (host.find()) {
      recap.append(host.group(1));
      for (int i = 2; i <= 8; i++) {
        recap.append(' ').append(host.group(i));
      }
      recap.append('\n');
    }
    return new Answer(Scenario.oracleText(recap.toString(), scenario.written(own)), told);
  }

  private static void compare(Scenario scenario, Answer answer) throws IOException {
    if (UPDATES) {
      Files.writeString(scenario.file("oracle"), answer.oracle());
    } else {
      assertEquals(Files.readString(scenario.file("oracle")), answer.oracle(), answer.told());
    }
  }
}
