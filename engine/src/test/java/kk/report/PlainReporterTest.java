package kk.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.run.Recap;
import kk.run.RunEvent;
import kk.run.TaskResult;
import kk.run.TaskResult.Status;
import kk.source.Source;
import kk.source.Span;
import org.junit.jupiter.api.Test;

class PlainReporterTest {
  private static final Span AT = new Span(new Source("play.yaml", ""), 7, 1, 1);

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Redactor redactor = new Redactor();
  private final PlainReporter reporter =
      new PlainReporter(
          new PrintStream(told, true, StandardCharsets.UTF_8), Theme.PLAIN, redactor, 0);

  private String told() {
    return told.toString(StandardCharsets.UTF_8);
  }

  private void start(String task, String... hosts) {
    reporter.accept(new RunEvent.TaskStarted(task, Optional.of("role"), false, AT, List.of(hosts)));
  }

  private void finish(String host, TaskResult result) {
    reporter.accept(
        new RunEvent.HostFinished(host, "task", "command", Optional.of("role"), AT, result));
  }

  private void item(String host, String item, TaskResult result) {
    reporter.accept(new RunEvent.ItemFinished(host, "task", "command", item, result));
  }

  private static TaskResult result(Status status, String why, Map<String, Object> values) {
    return new TaskResult(
        status, false, why, Optional.empty(), values, TaskResult.Report.NONE, Duration.ZERO);
  }

  private static TaskResult result(Status status) {
    return result(status, "", Map.of());
  }

  @Test
  void hostsStandInTheOrderOfTheInventoryGroupedByHowItEnded() {
    start("task", "a", "b", "c");
    finish("c", result(Status.OK));
    finish("b", result(Status.CHANGED));
    finish("a", result(Status.OK));

    assertEquals(
        """
          role : task
              ok           a, c
              changed      b
        """,
        told());
  }

  @Test
  void whatFasterHostsHaveToTellWaitsForItsTurn() {
    start("task", "a", "b", "c");
    item("c", "c1", result(Status.CHANGED));
    item("b", "b1", result(Status.CHANGED));
    item("a", "a1", result(Status.CHANGED));
    finish("b", result(Status.FAILED, "broken", Map.of()));
    item("a", "a2", result(Status.CHANGED));
    finish("a", result(Status.CHANGED));
    item("c", "c2", result(Status.CHANGED));
    finish("c", result(Status.CHANGED));

    assertEquals(
        """
          role : task
              changed      a  a1
              changed      a  a2
              changed      b  b1
              failed  b: broken
                task   "task", play.yaml:7
              changed      c  c1
              changed      c  c2
              changed      a, c
              failed       b
        """,
        told());
  }

  @Test
  void aFailedCommandIsShownWithItsLastLines() {
    StringBuilder stderr = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      stderr.append("line ").append(i).append('\n');
    }
    start("task", "a");
    finish(
        "a",
        result(
            Status.FAILED,
            "non-zero return code",
            Map.of("cmd", List.of("ls", "/x"), "rc", 2L, "stderr", stderr.toString())));

    String text = told();
    assertEquals(15, text.lines().filter(line -> line.contains("stderr")).count());
    assertEquals(
        List.of(
            "  role : task",
            "      failed  a: non-zero return code",
            "        command  ls /x",
            "        exit     2",
            "        stderr   line 6"),
        text.lines().limit(5).toList());
  }

  @Test
  void whatIsHiddenIsNotShown() {
    TaskResult.Report hidden =
        new TaskResult.Report(
            List.of("write s3cret"),
            List.of(),
            List.of(),
            true,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());
    TaskResult failed =
        new TaskResult(
            Status.FAILED,
            false,
            "refused s3cret",
            Optional.empty(),
            Map.of("stdout", "s3cret", "cmd", "s3cret"),
            hidden,
            Duration.ZERO);
    start("task", "a");
    item("a", "s3cret", failed);
    finish("a", failed);

    assertEquals(
        """
          role : task
                (details hidden: no_log)
              failed  a: •••
                (details hidden: no_log)
                task   "task", play.yaml:7
              failed       a
        """,
        told());
  }

  @Test
  void secretsAreStruckOutEverywhere() {
    redactor.add("s3cret");
    reporter.accept(new RunEvent.Warned("the s3cret"));
    reporter.accept(new RunEvent.PlayStarted("with s3cret", List.of("a"), true));

    assertEquals("warning: the •••\n\nPLAY with •••  (1 host)\n", told());
  }

  @Test
  void totalsStandInColumns() {
    reporter.accept(
        new RunEvent.RunEnded(
            Map.of("long-name", new Recap(12, 3, 0, 1, 2, 4, 5)),
            Map.of(),
            Duration.ofMillis(1250),
            false));

    assertEquals(
        """

        RECAP  1.3 s
          long-name  ok 12   changed 3    failed 1    unreachable 0    skipped 2    rescued 4    ignored 5
        """,
        told());
  }
}
