package kk.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Connection;
import kk.spi.Connection.Progress;
import kk.spi.Content;
import kk.spi.RunAs;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Becoming another user over SSH with a real sudo, as a user made for the test.
class EscalationTest {
  private static final String USER = "kk-test-" + ProcessHandle.current().pid();
  private static final String PASSWORD = "pa'ss \\ w$rd";
  private static final Path SUDOERS = Path.of("/etc/sudoers.d/" + USER);

  private static @Nullable RealSshd sshd;
  private @Nullable Connection connection;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/sudo"))) {
      System.err.println("SKIPPED: becoming another user needs sudo");
      Assumptions.abort("needs sudo");
    }
    sshd = RealSshd.start(directory);
    RealSshd.run("useradd", "-m", "-s", "/bin/bash", USER);
    RealSshd.run("sh", "-c", "printf '%s\\n' \"$0\" | chpasswd", USER + ":" + PASSWORD);
  }

  @AfterAll
  static void stop() throws Exception {
    if (sshd != null) {
      sshd.close();
      Files.deleteIfExists(SUDOERS);
      RealSshd.run(
          "sh",
          "-c",
          "pkill -KILL -u "
              + USER
              + "; sleep 0.2; userdel -f -r "
              + USER
              + " 2>/dev/null; ! id "
              + USER
              + " 2>/dev/null");
    }
  }

  @BeforeEach
  void connect() throws Exception {
    allow("ALL=(ALL) ALL");
    RealSshd server = Objects.requireNonNull(sshd);
    connection =
        new SshConnector(Path.of("/dev/null"), Optional.empty())
            .open(
                Addresses.loopback(
                    server.port,
                    USER,
                    Optional.of(new Secret(PASSWORD)),
                    Optional.empty(),
                    server.knownHosts()));
  }

  @AfterEach
  void close() {
    connection().close();
  }

  private Connection connection() {
    return Objects.requireNonNull(connection);
  }

  private static void allow(String rule) throws Exception {
    Files.deleteIfExists(SUDOERS);
    Files.writeString(SUDOERS, USER + " " + rule + "\n");
    Files.setPosixFilePermissions(SUDOERS, PosixFilePermissions.fromString("r--r-----"));
  }

  private static Command as(String script, String user, String method, @Nullable String password) {
    Optional<Secret> secret = Optional.ofNullable(password).map(Secret::new);
    return Command.of(script).runAs(Optional.of(new RunAs(user, method, secret)));
  }

  private String failure(Command command) {
    TaskFailed e = assertThrows(TaskFailed.class, () -> connection().run(command));
    return ConnectorContract.message(e);
  }

  @Test
  void becomesRootWithAPassword() throws Exception {
    Command command = as("id -un; pwd; cat", "root", "sudo", PASSWORD).withInput("input");
    assertEquals("root\n/root\ninput", connection().run(command).stdout());
    Traffic before = ((Metered) connection()).traffic();
    CommandResult second = connection().run(as("id -un >&2; exit 3", "root", "sudo", PASSWORD));
    assertEquals("root\n", second.stderr());
    assertEquals(3, second.exit());
    assertEquals(1, ((Metered) connection()).traffic().since(before).roundTrips());
    assertEquals(USER + "\n", connection().run(Command.of("id -un")).stdout());
  }

  @Test
  void waitsForASudoThatAsksLate() throws Exception {
    Path home = Path.of("/home/" + USER);
    Path late = home.resolve("late/sudo");
    Files.createDirectories(home.resolve("late"));
    Files.writeString(
        late, "#!/bin/sh\necho a word first >&2\nsleep 2\nexec /usr/bin/sudo \"$@\"\n");
    Files.setPosixFilePermissions(late, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(home.resolve(".bashrc"), "PATH=$HOME/late:$PATH\n");
    try {
      Command command = as("id -un; cat", "root", "sudo", PASSWORD).withInput("input");
      assertEquals("root\ninput", connection().run(command).stdout());
    } finally {
      Files.delete(home.resolve(".bashrc"));
    }
  }

  @Test
  void needsNoPasswordWhereSudoAsksForNone() throws Exception {
    allow("ALL=(ALL) NOPASSWD: ALL");
    assertEquals("root\n", connection().run(as("id -un", "root", "sudo", null)).stdout());
    assertEquals("root\n", connection().run(as("id -un", "root", "sudo", "unused")).stdout());
    assertEquals("daemon\n", connection().run(as("id -un", "daemon", "sudo", null)).stdout());
  }

  @Test
  void needsNoSudoToStayWhoItIs() throws Exception {
    Files.deleteIfExists(SUDOERS);
    assertEquals(USER + "\n", connection().run(as("id -un", USER, "sudo", null)).stdout());
  }

  @Test
  void saysWhyItWasRefused() throws Exception {
    assertEquals(
        "sudo on web1: wrong password for " + USER, failure(as("id", "root", "sudo", "wrong")));
    assertEquals(
        "sudo on web1 asks for a password to become root, and none is given",
        failure(as("id", "root", "sudo", null)));
    String unknown = failure(as("id", "no-such-user", "sudo", PASSWORD));
    assertTrue(unknown.contains("no-such-user"), unknown);
    allow("ALL=(daemon) ALL");
    String forbidden = failure(as("id", "root", "sudo", PASSWORD));
    assertTrue(forbidden.startsWith("sudo on web1 doesn't let " + USER), forbidden);
    assertTrue(forbidden.contains("execute '/bin/sh' as root"), forbidden);
    assertTrue(failure(as("id", "root", "doas", null)).contains("`sudo` and `su`"));
    assertEquals("on\n", connection().run(Command.of("echo on")).stdout());
  }

  @Test
  void becomesAnotherThroughSu() throws Exception {
    assertEquals(USER + "\n", connection().run(as("id -un", USER, "su", PASSWORD)).stdout());
    allow("ALL=(ALL) NOPASSWD: ALL");
    String refused = failure(as("id", "root", "su", "wrong"));
    assertTrue(refused.startsWith("su on web1"), refused);
  }

  @Test
  void callsTheProgramThatIsNamedWithItsFlags() throws Exception {
    Path home = Path.of("/home/" + USER);
    Path own = home.resolve("own sudo");
    Path told = home.resolve("told");
    Files.writeString(
        own, "#!/bin/sh\nprintf '%s\\n' \"$*\" >'" + told + "'\nexec /usr/bin/sudo \"$@\"\n");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    RunAs as =
        new RunAs(
            "root",
            "sudo",
            Optional.of("env KK=1 '" + own + "'"),
            Optional.of("-n -E"),
            false,
            Optional.of(new Secret(PASSWORD)));
    Command command = Command.of("id -un; printf %s \"$KK\"").runAs(Optional.of(as));
    allow("ALL=(ALL) SETENV: ALL");

    assertEquals("root\n1", connection().run(command).stdout());
    String arguments = Files.readString(told);
    assertTrue(arguments.startsWith("-E -S -p "), arguments);
    assertTrue(!arguments.contains(PASSWORD), arguments);
  }

  @Test
  void withoutAPasswordSudoMayBeForbiddenToAsk() {
    RunAs as =
        new RunAs("root", "sudo", Optional.empty(), Optional.of("-n"), false, Optional.empty());
    String refused = failure(Command.of("id").runAs(Optional.of(as)));
    assertTrue(refused.contains("a password is required"), refused);
  }

  @Test
  void becomesAnotherThroughSuThatSudoCalls() throws Exception {
    RunAs as =
        new RunAs(
            "daemon",
            "su",
            Optional.of("sudo -S su"),
            Optional.of("-l"),
            false,
            Optional.of(new Secret(PASSWORD)));
    Command command = Command.of("id -un; pwd").runAs(Optional.of(as));
    assertEquals("daemon\n/usr/sbin\n", connection().run(command).stdout());
  }

  @Test
  void aLineBreakInFlagsIsNoCommand() {
    RunAs as =
        new RunAs("root", "sudo", Optional.empty(), Optional.of("-H\nid"), false, Optional.empty());
    assertEquals(
        "`become_flags` can't have a line break in it",
        failure(Command.of("id").runAs(Optional.of(as))));
  }

  @Test
  void streamsAsTheOtherUser() throws Exception {
    Content content = Content.of("x".repeat(5_000_000));
    CommandResult sent =
        connection().send(as("id -un; wc -c", "root", "sudo", PASSWORD), content, Progress.NONE);
    assertEquals("root\n5000000\n", sent.stdout());
    java.io.ByteArrayOutputStream sink = new java.io.ByteArrayOutputStream();
    connection().receive(as("id -un", "root", "sudo", PASSWORD), sink);
    assertEquals("root\n", sink.toString(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void killsWhatTheOtherUserRuns() throws Exception {
    Command stuck = as("echo $$ >/tmp/" + USER + "; sleep 30", "root", "sudo", PASSWORD);
    assertThrows(
        UnreachableException.class, () -> connection().run(stuck.withLimit(Duration.ofSeconds(1))));
    Path file = Path.of("/tmp/" + USER);
    String pid = Files.readString(file).strip();
    Files.delete(file);
    org.awaitility.Awaitility.await().until(() -> !ConnectorContract.runs(pid));
  }

  @Test
  void getsPastTalkativeLoginShells() throws Exception {
    Path home = Path.of("/home/" + USER);
    Files.writeString(
        home.resolve(".bashrc"),
        "echo Welcome; echo Warning >&2; read -r line; printf 'no end'; read -r other; set -e\n");
    assertEquals("hi\n", connection().run(Command.of("echo hi")).stdout());
    assertEquals("root\n", connection().run(as("id -un", "root", "sudo", PASSWORD)).stdout());
    Files.delete(home.resolve(".bashrc"));
    for (String shell : java.util.List.of("/usr/bin/fish", "/usr/bin/tcsh", "/bin/dash")) {
      if (!Files.isExecutable(Path.of(shell))) {
        System.err.println("SKIPPED: login shell " + shell);
        continue;
      }
      RealSshd.run("usermod", "-s", shell, USER);
      try {
        connection().close();
        connect();
        assertEquals("hi\n", connection().run(Command.of("echo hi")).stdout(), shell);
        assertEquals("root\n", connection().run(as("id -un", "root", "sudo", PASSWORD)).stdout());
      } finally {
        RealSshd.run("usermod", "-s", "/bin/bash", USER);
      }
    }
  }
}
