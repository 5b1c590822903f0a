package kk.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.TaskFailed;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Jobs under the shells that hosts have. Whatever a job's starter says is read to the end of its
/// streams, which a job that held on to them would never let come.
class BackgroundJobTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path home;

  private final BackgroundJob job = BackgroundJob.next(BackgroundJob.USUAL);

  /// The shells of this machine.
  static Stream<String> shells() {
    return Stream.of("/bin/dash", "/bin/bash", "/bin/busybox")
        .filter(shell -> Files.isExecutable(Path.of(shell)));
  }

  private CommandResult run(String shell, Command command) throws Exception {
    String sh = shell.endsWith("busybox") ? shell + " sh" : shell;
    List<String> line = new ArrayList<>(List.of(sh.split(" ", -1)));
    line.addAll(List.of("-c", command.script().replace("/bin/sh", sh)));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(command.environment());
    builder.redirectError(home.resolve("stderr").toFile());
    Process process = builder.start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(command.input().getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    return new CommandResult(
        exit, out, Files.readString(home.resolve("stderr")), Duration.ofMillis(1));
  }

  private BackgroundJob.State state(String shell) throws Exception {
    return BackgroundJob.state(run(shell, job.look()));
  }

  private BackgroundJob.State ended(String shell) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> state(shell), state -> !(state instanceof BackgroundJob.State.Running));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void endsWithWhatTheCommandHasSaid(String shell) throws Exception {
    Command command =
        Command.of("read line; echo \"$line $WORD\"; echo \"it's\" >&2; exit 3")
            .withInput("given\n")
            .withEnvironment(Map.of("WORD", "here"));

    CommandResult started = run(shell, job.starter(command, LONG));
    assertEquals(home + "/.ansible_async/" + job.id(), started.stdout());

    CommandResult result =
        assertInstanceOf(BackgroundJob.State.Finished.class, ended(shell)).result();
    assertEquals(3, result.exit());
    assertEquals("given here\n", result.stdout());
    assertEquals("it's\n", result.stderr());
    assertEquals(
        "{\"ansible_job_id\": \"%s\", \"started\": 1, \"finished\": 1, \"rc\": 3}\n"
            .formatted(job.id()),
        Files.readString(Path.of(started.stdout())));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void isLeftToItself(String shell) throws Exception {
    run(shell, job.starter(Command.of("until [ -e \"$HOME/go\" ]; do sleep 0.1; done"), LONG));
    assertInstanceOf(BackgroundJob.State.Running.class, state(shell));

    Files.createFile(home.resolve("go"));
    assertInstanceOf(BackgroundJob.State.Finished.class, ended(shell));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void isEndedWhenItsTimeIsOver(String shell) throws Exception {
    Command endless = Command.of("echo $$ >\"$HOME/pid\"; while :; do sleep 0.1; done");
    run(shell, job.starter(endless, Duration.ofSeconds(1)));

    assertInstanceOf(BackgroundJob.State.Late.class, ended(shell));
    long pid = Long.parseLong(Files.readString(home.resolve("pid")).strip());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void isLostWhenItWasKilled(String shell) throws Exception {
    run(shell, job.starter(Command.of("while :; do sleep 0.1; done"), LONG));
    Path pid = home.resolve(".ansible_async").resolve("." + job.id()).resolve("pid");
    Awaitility.await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());

    run(shell, Command.of("kill -9 -" + Files.readString(pid).strip()));

    assertInstanceOf(BackgroundJob.State.Lost.class, ended(shell));
  }

  @Test
  void leavesNothingThatOthersMayRead() throws Exception {
    run("/bin/sh", job.starter(Command.of("umask >\"$HOME/mask\""), LONG));
    ended("/bin/sh");

    Path folder = home.resolve(".ansible_async").resolve("." + job.id());
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    assertTrue(Files.readString(home.resolve("mask")).endsWith("22\n"), "the user's own umask");
  }

  @Test
  void isGoneWhenItIsErased() throws Exception {
    run("/bin/sh", job.starter(Command.of("true"), LONG));
    ended("/bin/sh");

    String file = run("/bin/sh", job.eraser()).stdout();

    assertFalse(Files.exists(Path.of(file)));
    assertEquals(new BackgroundJob.State.Missing(file), state("/bin/sh"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc", ".", "a b", "a;b", ""})
  void itsIdIsNoPath(String id) throws IOException {
    assertThrows(TaskFailed.class, () -> new BackgroundJob(id, BackgroundJob.USUAL));
  }
}
