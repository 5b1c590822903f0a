package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariableModulesTest {
  private final TestHost host;

  VariableModulesTest(@TempDir Path directory) {
    host = new TestHost(directory);
    host.evaluator =
        text -> {
          if (text.equals("nope")) {
            throw new TaskFailed("`nope` is not defined");
          }
          return text.equals("x") ? Long.valueOf(5) : text.equals("x > 3");
        };
  }

  @Test
  void assertsUntilOneFails() {
    assertEquals(
        "fine",
        host.unchanged(new AssertModule(), "that", "x > 3", "success_msg", "fine").get("msg"));
    Outcome.Failed failed =
        assertInstanceOf(
            Outcome.Failed.class,
            host.run(new AssertModule(), "that", List.of("x > 3", "x > 9"), "msg", "too small"));
    assertEquals("too small", failed.why());
    assertEquals("x > 9", failed.details().values().get("assertion"));
    assertEquals("Assertion failed", host.failure(new AssertModule(), "that", false));
    assertTrue(host.refusal(new AssertModule()).contains("`that` is missing"));
  }

  @Test
  void shows() {
    assertEquals(Map.of("msg", "Hello world!"), host.unchanged(new DebugModule()));
    assertEquals(Map.of("x", 5L), host.unchanged(new DebugModule(), "var", "x"));
    assertTrue(
        host.unchanged(new DebugModule(), "var", "nope").get("nope") instanceof String text
            && text.contains("is not defined"));
    assertTrue(host.refusal(new DebugModule(), "var", "x", "msg", "y").contains("either"));
    assertEquals("no!", host.failure(new FailModule(), "msg", "no!"));
  }

  @Test
  void sets() {
    Outcome outcome = host.run(new SetFactModule(), "a", 1L, "cacheable", true);
    assertEquals(
        new NewVariables(NewVariables.Level.CACHED, Map.of("a", 1L)),
        outcome.details().variables().orElseThrow());
    assertTrue(host.refusal(new SetFactModule()).contains("at least one"));
    assertTrue(host.refusal(new SetFactModule(), "a-b", 1L).contains("can't be a variable"));
  }

  @Test
  void includes() {
    host.write("vars/a.yaml", "a: 1\nb: 1\n");
    host.write("vars/d/1.yml", "a: 2\n");
    host.write("vars/d/2.yml", "a: 3\n");
    assertEquals(
        Map.of("a", "1", "b", "1"), included(host.run(new IncludeVarsModule(), "file", "a.yaml")));
    assertEquals(
        Map.of("n", Map.of("a", "3")),
        included(host.run(new IncludeVarsModule(), "dir", "d", "name", "n")));
    host.write("vars/d/3.txt", "a: 4\n");
    assertTrue(host.failure(new IncludeVarsModule(), "dir", "d").contains("none of the endings"));
    assertTrue(host.refusal(new IncludeVarsModule()).contains("either"));
    assertTrue(host.refusal(new IncludeVarsModule(), "file", "a", "dir", "d").contains("either"));
    assertTrue(host.failure(new IncludeVarsModule(), "file", "").contains("comes to nothing"));
  }

  private static Map<String, Object> included(Outcome outcome) {
    NewVariables variables = outcome.details().variables().orElseThrow();
    assertEquals(NewVariables.Level.INCLUDED, variables.level());
    return variables.values();
  }
}
