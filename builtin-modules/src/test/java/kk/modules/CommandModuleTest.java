package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kk.spi.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandModuleTest {
  private final Path directory;

  CommandModuleTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void expandsVariablesButNothingElse(String shell) {
    TestHost host = new TestHost(directory).in(shell);
    host.environment.put("GREETING", "hello  there");

    Map<String, Object> values =
        host.changed(
            new CommandModule(),
            "cmd",
            "printf '[%s]\\n' $GREETING \"${GREETING}!\" ${NOT_SET} $NOT_SET ~ ~/x * 'a|b' '>' `id`");

    assertEquals(
        List.of(
            "[hello  there]",
            "[hello  there!]",
            "[${NOT_SET}]",
            "[$NOT_SET]",
            "[" + directory + "]",
            "[" + directory + "/x]",
            "[*]",
            "[a|b]",
            "[>]",
            "[`id`]"),
        values.get("stdout_lines"));
    assertEquals(1, host.roundTrips);
  }

  @Test
  void tellsAllAboutAFailure() {
    TestHost host = new TestHost(directory);

    Outcome.Failed failed =
        assertInstanceOf(
            Outcome.Failed.class,
            host.run(new ShellModule(), "cmd", "echo out; echo err >&2; exit 3"));

    assertEquals("non-zero return code", failed.why());
    assertEquals(3L, failed.details().values().get("rc"));
    assertEquals("out", failed.details().values().get("stdout"));
    assertEquals(List.of("err"), failed.details().values().get("stderr_lines"));
  }

  @Test
  void saysThatThereIsNoSuchProgram() {
    Outcome outcome = new TestHost(directory).run(new CommandModule(), "cmd", "no-such-thing -x");
    assertEquals(2L, outcome.details().values().get("rc"));
    assertEquals(
        "there is no command no-such-thing on this host", outcome.details().values().get("msg"));
    assertEquals("", outcome.details().values().get("stderr"));
  }

  @Test
  void takesWordsAsTheyAre() {
    TestHost host = new TestHost(directory);
    Map<String, Object> values =
        host.changed(new CommandModule(), "argv", List.of("printf", "<%s>", "a  b", "", 5L));
    assertEquals("<a  b><><5>", values.get("stdout"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void honoursCreatesAndRemoves(String shell) {
    TestHost host = new TestHost(directory).in(shell);
    host.write("has space/done-1", "");
    String there = host.path("has space") + "/done*";

    Map<String, Object> kept =
        host.unchanged(new ShellModule(), "cmd", "echo ran >x", "creates", there);
    assertEquals("Did not run command since '" + there + "' exists", kept.get("msg"));
    assertEquals("skipped, since '" + there + "' exists", kept.get("stdout"));
    host.changed(new ShellModule(), "cmd", "echo ran >x", "creates", host.path("no"));
    assertEquals(2, host.roundTrips);
    host.unchanged(new CommandModule(), "cmd", "rm x", "removes", host.path("no"));
    host.changed(new CommandModule(), "cmd", "rm x", "removes", host.path("x"));
  }

  @Test
  void doesNothingInCheckMode() {
    TestHost host = new TestHost(directory).inCheckMode();

    Outcome.Skipped skipped =
        assertInstanceOf(Outcome.Skipped.class, host.run(new ShellModule(), "cmd", "echo >x"));

    assertEquals("Command would have run if not in check mode", skipped.why());
    assertEquals(0, host.roundTrips);
    host.changed(new ShellModule(), "cmd", "echo >x", "creates", host.path("x"));
    host.unchanged(new ShellModule(), "cmd", "echo >x", "creates", directory);
    assertEquals(List.of(), host.listing());
  }

  @Test
  void readsStandardInputAndChangesDirectory() {
    TestHost host = new TestHost(directory);
    host.write("sub/file", "");
    assertEquals(
        List.of("given", "file"),
        host.changed(
                new ShellModule(), "cmd", "cat; ls", "stdin", "given", "chdir", host.path("sub"))
            .get("stdout_lines"));
    assertTrue(
        host.failure(new CommandModule(), "cmd", "ls", "chdir", "/no/where").contains("return"));
  }

  @Test
  void usesAnotherShell() {
    assertEquals(
        "b",
        new TestHost(directory)
            .changed(new ShellModule(), "cmd", "a=(a b); echo ${a[1]}", "executable", "/bin/bash")
            .get("stdout"));
  }

  @Test
  void refusesBadInput() {
    TestHost host = new TestHost(directory);
    assertTrue(host.refusal(new CommandModule()).contains("either as a line or as `argv`"));
    assertTrue(host.refusal(new CommandModule(), "cmd", " ").contains("empty"));
    assertTrue(host.refusal(new ShellModule()).contains("`cmd` is missing"));
  }
}
