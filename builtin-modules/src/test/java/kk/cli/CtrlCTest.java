package kk.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C, and worse, against a real process of kk.
class CtrlCTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

  @TempDir Path folder = Path.of("");

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void theFirstLetsRunningTasksFinishAndStartsNoNewOnes() throws Exception {
    Process kk = run("60", "touch HERE/begun; while [ ! -e HERE/go ]; do sleep 0.1; done");
    awaitFile("begun");
    press(kk);
    await().atMost(LONG_ENOUGH).until(() -> output().contains("no new ones start"));
    Files.createFile(folder.resolve("go"));
    assertEquals(130, exit(kk), this::output);
    assertTrue(output().contains("ok 1    changed 1"), this::output);
    assertTrue(
        output().contains("stopped; to go on: the same command and --start-at-task 'the second'"),
        this::output);
    assertFalse(Files.exists(folder.resolve("second")));
  }

  @Test
  void whatOutlivesTheGraceIsEndedOnTheHost() throws Exception {
    Process kk = run("1", "sleep 600 & echo $! >HERE/child; touch HERE/begun; wait");
    awaitFile("begun");
    press(kk);
    assertEquals(130, exit(kk), this::output);
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    await().atMost(LONG_ENOUGH).until(() -> ProcessHandle.of(child).isEmpty());
    assertTrue(output().contains("--start-at-task 'the first'"), this::output);
    assertTrue(output().contains("RECAP"), this::output);
  }

  @Test
  void underAnsiblesCommandLineToo() throws Exception {
    Process kk =
        start(
            "shell: touch HERE/begun; while [ ! -e HERE/go ]; do sleep 0.1; done",
            "--ansible-compat",
            "-i",
            "localhost,",
            "-c",
            "local",
            "--grace",
            "60");
    awaitFile("begun");
    press(kk);
    await().atMost(LONG_ENOUGH).until(() -> output().contains("no new ones start"));
    Files.createFile(folder.resolve("go"));
    assertEquals(99, exit(kk), this::output);
    assertTrue(output().contains("changed: [localhost]"), this::output);
    assertTrue(output().contains("--start-at-task 'the second'"), this::output);
    assertTrue(output().contains("ERROR! User interrupted execution"), this::output);
    assertFalse(Files.exists(folder.resolve("second")));
  }

  @Test
  void theSecondEndsAtOnce() throws Exception {
    Process kk = run("600", "touch HERE/begun; while [ ! -e HERE/go ]; do sleep 0.1; done");
    awaitFile("begun");
    press(kk);
    await().atMost(LONG_ENOUGH).until(() -> output().contains("no new ones start"));
    press(kk);
    assertEquals(130, exit(kk), this::output);
    assertFalse(output().contains("RECAP"), this::output);
    Files.createFile(folder.resolve("go"));
  }

  /// As when the connection is cut: the shell on the host sees its input end. What has arrived
  /// stays for another attempt, which leaves nothing but the file.
  @Test
  void endedInTheMiddleOfAWriteTheHostHasTheOldFileOrTheNew() throws Exception {
    long size = 600L * 1024 * 1024;
    try (RandomAccessFile large = new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
      large.setLength(size);
    }
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.writeString(there.resolve("large"), "old");
    String copy = "copy: {src: HERE/large, dest: HERE/there/large}";
    Process kk = start(copy, "--output", "plain");
    await()
        .atMost(LONG_ENOUGH)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> names(there).size() > 1 || Files.size(there.resolve("large")) == size);
    kk.destroyForcibly();
    kk.waitFor();
    long left = Files.size(there.resolve("large"));
    assertTrue(left == "old".length() || left == size, () -> left + " bytes");
    assertEquals(0, exit(start(copy, "--output", "plain")), this::output);
    assertEquals(size, Files.size(there.resolve("large")));
    assertEquals(List.of("large"), names(there));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private Process run(String grace, String first) throws Exception {
    return start("shell: " + first, "--output", "plain", "--grace", grace);
  }

  private Process start(String first, String... options) throws Exception {
    Path playbook = folder.resolve("play.yaml");
    Files.writeString(
        playbook,
        """
        - hosts: localhost
          gather_facts: false
          tasks:
            - name: the first
              %s
            - name: the second
              command: touch HERE/second
        """
            .formatted(first)
            .replace("HERE", folder.toString()));
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dkk.home=" + System.getProperty("kk.home"),
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "kk.cli.Main",
                "run"));
    command.addAll(List.of(options));
    command.add(playbook.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static void press(Process kk) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-INT", "" + kk.pid()).start().waitFor());
  }

  private static int exit(Process kk) throws Exception {
    assertTrue(kk.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS), "still runs");
    return kk.exitValue();
  }

  private void awaitFile(String name) {
    await().atMost(LONG_ENOUGH).until(() -> Files.exists(folder.resolve(name)));
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return "";
    }
  }
}
