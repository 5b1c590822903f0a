package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts that go through a play each by itself. What they say comes in any order.
class FreeStrategyTest {
  private static final String PLAYS =
      """
      - hosts: all
        gather_facts: false
        strategy: free
        any_errors_fatal: true
        vars:
          tasks_of:
            one: while [ ! -e HERE/started ]; do sleep 0.05; done; exit 1
            two: touch HERE/started; while [ ! -e HERE/over ]; do sleep 0.05; done
        tasks:
          - block:
              - shell: "{{ tasks_of[inventory_hostname] }}"
            always:
              - command: touch HERE/over
          - command: touch HERE/reached
      - hosts: all
        gather_facts: false
        tasks:
          - command: touch HERE/reached
      """;

  @TempDir Path folder = Path.of("");

  private CommandRun run(String plays) throws IOException {
    Path play =
        Files.writeString(folder.resolve("play.yaml"), plays.replace("HERE", folder.toString()));
    Path hosts =
        Files.writeString(
            folder.resolve("hosts"),
            "one ansible_connection=local\ntwo ansible_connection=local\n");
    return CommandRun.of("run", play.toString(), "-i", hosts.toString());
  }

  @Test
  void anErrorThatCountsForAllStopsTheOthersAtTheirNextTask() throws IOException {
    CommandRun run = run(PLAYS);

    assertEquals(2, run.exit(), run.output());
    assertTrue(Files.exists(folder.resolve("over")), run.output());
    assertFalse(Files.exists(folder.resolve("reached")), run.output());
    assertTrue(run.output().contains("two  ok 1    changed 1    failed 0"), run.output());
  }

  @Test
  void anErrorThatIsRescuedStopsNobody() throws IOException {
    CommandRun run = run(PLAYS.replace("always:", "rescue:"));

    assertTrue(run.output().contains("rescued 1"), run.output());
    assertTrue(Files.exists(folder.resolve("reached")), run.output());
    assertEquals(0, run.exit(), run.output());
  }

  @Test
  void anErrorThatIsTakenBackLetsTheRunGoOn() throws IOException {
    CommandRun run =
        run(
            PLAYS.replace(
                "- command: touch HERE/over",
                "- command: touch HERE/over\n        - meta: clear_host_errors"));

    assertTrue(Files.exists(folder.resolve("reached")), run.output());
    assertTrue(run.output().contains("one  ok"), run.output());
  }
}
