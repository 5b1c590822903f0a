package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseModuleTest {
  private final TestHost host;

  PauseModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @Test
  void letsTimePass() {
    Map<String, Object> values = host.unchanged(new PauseModule(), "seconds", 0L, "prompt", "now");
    assertEquals(1L, values.get("delta"));
    assertTrue(
        String.valueOf(values.get("stdout")).matches("Paused for 1\\.\\d\\d? seconds"),
        values.toString());
    assertEquals("", values.get("user_input"));
    assertEquals(List.of("told now"), host.questions);
    host.checking = true;
    values = host.unchanged(new PauseModule(), "minutes", 1.5);
    assertEquals(90L, values.get("delta"));
    assertEquals("Paused for 1.5 minutes", values.get("stdout"));
    assertTrue(host.refusal(new PauseModule(), "minutes", 1L, "seconds", 1L).contains("either"));
  }

  @Test
  void asksOnce() {
    host.answer = Optional.of("blue");
    Map<String, Object> values =
        host.unchanged(new PauseModule(), "prompt", "Which colour?", "echo", false);
    assertEquals("blue", values.get("user_input"));
    assertEquals(false, values.get("echo"));
    assertEquals("Paused for 0.0 minutes", values.get("stdout"));
    host.answer = Optional.empty();
    assertEquals(1, host.run(new PauseModule()).details().warnings().size());
    assertEquals(
        List.of(
            "hidden Which colour? (output is hidden): ",
            "Press enter to continue, Ctrl+C to interrupt: "),
        host.questions);
    assertTrue(new PauseModule().isDoneOnce());
  }
}
