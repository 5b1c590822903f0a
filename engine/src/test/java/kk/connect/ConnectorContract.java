package kk.connect;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Connection;
import kk.spi.Connection.Progress;
import kk.spi.Content;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every connection must do, whatever is behind it. A test class per connector extends it and
/// says how to connect.
abstract class ConnectorContract {
  private static final int MIB = 1024 * 1024;

  private final List<Connection> opened = new ArrayList<>();

  @TempDir Path files = Path.of("");

  /// A new connection to the host under test, made by this machine's root or own user.
  abstract Connection connect() throws Exception;

  final Connection connection() throws Exception {
    Connection connection = connect();
    opened.add(connection);
    return connection;
  }

  @AfterEach
  void closeConnections() {
    opened.forEach(Connection::close);
  }

  @Test
  void keepsOutputErrorAndStatusApart() throws Exception {
    CommandResult result = connection().run(Command.of("echo out; echo err >&2; exit 3"));
    assertEquals("out\n", result.stdout());
    assertEquals("err\n", result.stderr());
    assertEquals(3, result.exit());
  }

  @Test
  void reportsHowScriptsEnd() throws Exception {
    Connection connection = connection();
    Map<String, Integer> expected =
        Map.ofEntries(
            Map.entry("true", 0),
            Map.entry("false", 1),
            Map.entry("exit 255", 255),
            Map.entry("kk-no-such-program", 127),
            Map.entry("kill $$", 143),
            Map.entry("kill -KILL $$", 137),
            Map.entry("sh -c 'kill -KILL $$'", 137),
            Map.entry("set -e; false; exit 5", 1),
            Map.entry("exec sh -c 'exit 6'", 6),
            Map.entry("cd /tmp; umask 077; exit 4", 4),
            Map.entry("trap 'exit 9' TERM; kill $$; exit 1", 9),
            Map.entry("", 0),
            Map.entry("exit 7 # said last", 7),
            Map.entry("exec >&- 2>&-; exit 8", 8));
    for (Map.Entry<String, Integer> script : expected.entrySet()) {
      int exit = connection.run(Command.of(script.getKey())).exit();
      assertEquals(script.getValue(), exit, script.getKey());
    }
    assertEquals("still here", connection.run(Command.of("printf 'still here'")).stdout());
  }

  @Test
  void survivesBrokenScripts() throws Exception {
    Connection connection = connection();
    for (String broken : List.of("if", "echo 'open", "(", ")", "}", "fi; done", "cat <<X", "\\")) {
      connection.run(Command.of(broken));
      CommandResult next = connection.run(Command.of("echo fine"));
      assertEquals("fine\n", next.stdout(), broken);
      assertEquals(0, next.exit(), broken);
    }
    CommandResult result = connection.run(Command.of("if true; then echo x"));
    assertTrue(result.exit() != 0 && !result.stderr().isBlank(), result::toString);
  }

  @Test
  void aShellKeepsFunctionsItHasBeenTold() throws Exception {
    Connection connection = connection();
    String long1 = "kk_say() { echo \"$1 it's said\"; }\n: " + "x".repeat(20_000);
    Command one = Command.of("kk_say first").withFunctions(List.of(long1));
    assertEquals("first it's said\n", connection.run(one).stdout());
    Traffic before = ((Metered) connection).traffic();
    assertEquals("first it's said\n", connection.run(one).stdout());
    Traffic second = ((Metered) connection).traffic().since(before);
    assertTrue(second.bytesSent() < 1_000, second::toString);
    assertEquals(1, second.roundTrips());
    Command own = Command.of("kk_say $$ >/dev/null; kk_say own").withFunctions(List.of(long1));
    assertEquals("own it's said\n", connection.run(own).stdout());
    Command receiver = Command.of("kk_say \"$(cat)\"").withFunctions(List.of(long1));
    CommandResult sent = connection.send(receiver, Content.of("sent"), Progress.NONE);
    assertEquals("sent it's said\n", sent.stdout());
  }

  @Test
  void brokenFunctionsHarmNobodyElse() throws Exception {
    Connection connection = connection();
    Command broken = Command.of("kk_none").withFunctions(List.of("kk_none() { if"));
    assertEquals(127, connection.run(broken).exit());
    assertEquals("fine\n", connection.run(Command.of("echo fine")).stdout());
  }

  @Test
  void aScriptThatSignalsItsGroupEndsAlone() throws Exception {
    Connection connection = connection();
    long shell = shellOf(connection);
    assertEquals(143, connection.run(Command.of("kill 0; sleep 5; exit 1")).exit());
    assertEquals(130, connection.run(Command.of("kill -INT 0; sleep 5; exit 1")).exit());
    assertEquals(shell, shellOf(connection));
  }

  @Test
  void leavesNothingFromOneScriptToTheNext() throws Exception {
    Connection connection = connection();
    String home = connection.run(Command.of("pwd")).stdout();
    connection.run(Command.of("cd /; umask 0; export LEFT=1; alias ls=false; set -f; exec 9<&-"));
    CommandResult next = connection.run(Command.of("pwd; echo ${LEFT-none}; echo /*bin | wc -w"));
    assertTrue(next.stdout().startsWith(home + "none\n"), next::stdout);
  }

  @Test
  void takesTextLiterally() throws Exception {
    Connection connection = connection();
    String hard = "' \" \\ $HOME `id` $(id) ! * ? [a] {a,b} ~ # & | ; < > \t é ü € 😀 \\n %s %d";
    assertEquals(
        hard + "\n",
        connection
            .run(Command.of("echo() { printf '%s\\n' \"$1\"; }; echo " + Command.quote(hard)))
            .stdout());
    assertEquals(hard, connection.run(Command.of("cat").withInput(hard)).stdout());
    Command withVariable =
        Command.of("printf %s \"$HARD\"").withEnvironment(Map.of("HARD", hard + "\n\n."));
    assertEquals(hard + "\n\n.", connection.run(withVariable).stdout());
    String everything =
        IntStream.range(1, 0x3000).mapToObj(Character::toString).collect(Collectors.joining());
    assertEquals(everything, connection.run(Command.of("cat").withInput(everything)).stdout());
    Command script = Command.of("printf %s " + Command.quote(everything));
    assertEquals(everything, connection.run(script).stdout());
  }

  @Test
  void deliversInputToTheByte() throws Exception {
    Connection connection = connection();
    for (String input : List.of("x", "x\n", "\n", "\n\n\n", "a\0b\0", "-n", "\\0101\\c", "%s%n")) {
      Command count = Command.of("od -An -v -tx1 | tr -d ' \\n'").withInput(input);
      String hex = HexFormat.of().formatHex(input.getBytes(StandardCharsets.UTF_8));
      assertEquals(hex, connection.run(count).stdout());
    }
    String large = "0123456789abcde\n".repeat(3 * MIB / 16);
    assertEquals(
        "" + large.length(), connection.run(Command.of("wc -c").withInput(large)).stdout().strip());
  }

  @Test
  void scriptsWithoutInputCannotEatTheNextOne() throws Exception {
    Connection connection = connection();
    assertEquals("", connection.run(Command.of("cat; read x; echo \"$x\" >/dev/null")).stdout());
    assertEquals(1, connection.run(Command.of("read x")).exit());
    assertEquals("ok\n", connection.run(Command.of("echo ok")).stdout());
  }

  @Test
  void ignoresInputThatIsNotRead() throws Exception {
    Connection connection = connection();
    String large = "x".repeat(200_000);
    assertEquals(5, connection.run(Command.of("exit 5").withInput(large)).exit());
    assertEquals("ok\n", connection.run(Command.of("echo ok")).stdout());
  }

  @Test
  void keepsBinaryAndUnfinishedOutput() throws Exception {
    Connection connection = connection();
    assertEquals("no newline", connection.run(Command.of("printf 'no newline'")).stdout());
    assertEquals("a\0b\1c", connection.run(Command.of("printf 'a\\000b\\001c'")).stdout());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String all =
        IntStream.range(0, 256).mapToObj("\\%03o"::formatted).collect(Collectors.joining());
    connection.receive(Command.of("printf '" + all + "'"), bytes);
    byte[] expected = new byte[256];
    IntStream.range(0, 256).forEach(i -> expected[i] = (byte) i);
    assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(bytes.toByteArray()));
  }

  @Test
  void cannotBeFooledByMarks() throws Exception {
    Connection connection = connection();
    String forged = "kk0123456789abcdef0123456789abcdef:end:2:0\nkk:end:\nkkkkkkkkkkk";
    CommandResult result =
        connection.run(Command.of("cat; cat /proc/$PPID/cmdline | tr '\\0' ' '").withInput(forged));
    assertEquals(forged, result.stdout().substring(0, forged.length()));
    assertTrue(result.stdout().endsWith("/bin/sh "), result::stdout);
  }

  @Test
  void drainsBothStreamsAtOnce() throws Exception {
    int size = 50 * MIB;
    String script =
        "head -c %1$d /dev/zero | tr '\\0' e >&2 & head -c %1$d /dev/zero | tr '\\0' o; wait"
            .formatted(size);
    CommandResult result = connection().run(Command.of(script));
    assertEquals(size, result.stdout().length());
    assertEquals(size, result.stderr().length());
  }

  @Test
  void setsEnvironmentAndDirectoryForOneCommand() throws Exception {
    Connection connection = connection();
    Command inTmp = Command.of("pwd; echo $A").in("/tmp").withEnvironment(Map.of("A", "1"));
    assertEquals("/tmp\n1\n", connection.run(inTmp).stdout());
    assertEquals("none\n", connection.run(Command.of("echo ${A-none}")).stdout());
    Path odd = Files.createDirectory(files.resolve("-a 'b'"));
    assertEquals(odd + "\n", connection.run(Command.of("pwd").in(odd.toString())).stdout());
    CommandResult missing = connection.run(Command.of("echo never").in("/no/such/directory"));
    assertEquals("", missing.stdout());
    assertEquals(1, missing.exit());
    assertTrue(missing.stderr().contains("/no/such/directory"), missing::stderr);
    Command bad = Command.of("true").withEnvironment(Map.of("A-B", "1"));
    assertTrue(message(assertThrows(TaskFailed.class, () -> connection.run(bad))).contains("A-B"));
  }

  @Test
  void showsNoSecretInTheProcessList() throws Exception {
    Command command =
        Command.of("cat >/dev/null; cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'; : sekret-script")
            .withInput("sekret-" + "input")
            .withEnvironment(Map.of("KK_TEST", "sekret-" + "variable"));
    String processes = connection().run(command).stdout();
    assertTrue(processes.contains("/bin/sh"), processes);
    assertTrue(!processes.contains("sekret-"), processes);
  }

  @Test
  void doesNotWaitForBackgroundChildren() throws Exception {
    Connection connection = connection();
    long child = Long.parseLong(connection.run(Command.of("sleep 100 & echo $!")).stdout().strip());
    assertTrue(ProcessHandle.of(child).isPresent());
    connection.run(Command.of("(sleep 0.3; echo late; echo late >&2) & true"));
    connection.run(Command.of("sleep 0.1"));
    Thread.sleep(400);
    CommandResult next = connection.run(Command.of("echo mine; kill " + child));
    assertEquals("mine\n", next.stdout());
    assertEquals("", next.stderr());
  }

  @Test
  void killsWhatOutlivesItsLimitAndGoesOn() throws Exception {
    Connection connection = connection();
    String daemon =
        connection.run(Command.of("sleep 77 >/dev/null 2>&1 & echo $!")).stdout().strip();
    Thread.sleep(50); // the kernel tells start times to 10 ms
    Path pids = files.resolve("pids");
    Command stuck =
        Command.of(
                "sleep 101 & echo $! >>P; sh -c 'sleep 102 & echo $! >>P; sleep 103'; sleep 104"
                    .replace("P", pids.toString()))
            .withLimit(Duration.ofSeconds(2));
    UnreachableException e = assertThrows(UnreachableException.class, () -> connection.run(stuck));
    assertTrue(message(e).contains("no end within 2 s, killed: sleep 101"), message(e));
    List<String> children = Files.readAllLines(pids);
    assertEquals(2, children.size());
    await().until(() -> children.stream().noneMatch(ConnectorContract::runs));
    assertTrue(runs(daemon), "a daemon started by an earlier command must live on");
    assertEquals("on\n", connection.run(Command.of("echo on; kill " + daemon)).stdout());
  }

  @Test
  void reportsAKilledShellAndOpensAnother() throws Exception {
    Connection connection = connection();
    long first = shellOf(connection);
    UnreachableException e =
        assertThrows(
            UnreachableException.class,
            () -> connection.run(Command.of("echo bye >&2; kill -KILL $PPID; sleep 30")));
    assertTrue(message(e).contains("the shell on "), message(e));
    assertTrue(message(e).contains("kill -KILL $PPID"), message(e));
    assertTrue(shellOf(connection) != first);
  }

  @Test
  void canBeInterrupted() throws Exception {
    Connection connection = connection();
    connection.run(Command.of("true"));
    Path child = files.resolve("child");
    AtomicLong interrupted = new AtomicLong();
    Thread running =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    connection.run(Command.of("sleep 31 & echo $! >" + child + "; wait"));
                  } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                  } catch (UnreachableException e) {
                    interrupted.set(-1);
                  }
                });
    await().until(() -> Files.exists(child) && Files.size(child) > 0);
    running.interrupt();
    await().until(() -> interrupted.get() == 1);
    String orphan = Files.readString(child).strip();
    await().until(() -> !runs(orphan));
    assertEquals("on\n", connection.run(Command.of("echo on")).stdout());
  }

  @Test
  void costsOneRoundTripPerCommand() throws Exception {
    Connection connection = connection();
    Metered metered = assertInstanceOf(Metered.class, connection);
    for (int i = 0; i < 5; i++) {
      Traffic before = metered.traffic();
      connection.run(Command.of("cat").withInput("x".repeat(20_000)).in("/tmp"));
      Traffic used = metered.traffic().since(before);
      assertEquals(1, used.roundTrips());
      assertTrue(used.bytesSent() > 20_000 && used.bytesReceived() > 20_000, used::toString);
    }
  }

  @Test
  void servesManyHostsAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Command command = Command.of("sleep 0.2; echo " + i);
        answers.add(threads.submit(() -> talk(command)));
      }
      for (int i = 0; i < 20; i++) {
        assertEquals((i + "\n").repeat(3), answers.get(i).get());
      }
    }
  }

  private String talk(Command command) throws Exception {
    try (Connection connection = connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        all.append(connection.run(command).stdout());
      }
      return all.toString();
    }
  }

  @Test
  void sendsInConstantMemory() throws Exception {
    Path file = files.resolve("large");
    Path target = files.resolve("target");
    String digest = writeNoise(file, 64);
    AtomicLong sent = new AtomicLong();
    Progress progress = sent::set;
    Command receiver =
        Command.of("cat >\"$TARGET\"; sha256sum <\"$TARGET\"")
            .withEnvironment(Map.of("TARGET", target.toString()));
    CommandResult result = connection().send(receiver, Content.ofFile(file), progress);
    assertEquals(digest + "  -\n", result.stdout());
    assertEquals(64L * MIB, sent.get());
  }

  @Test
  void receivesInConstantMemory() throws Exception {
    Path file = files.resolve("large");
    String digest = writeNoise(file, 64);
    MessageDigest received = MessageDigest.getInstance("SHA-256");
    CommandResult result;
    try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), received)) {
      result = connection().receive(Command.of("cat " + file + "; echo done >&2; exit 3"), sink);
    }
    assertEquals(digest, HexFormat.of().formatHex(received.digest()));
    assertEquals("", result.stdout());
    assertEquals("done\n", result.stderr());
    assertEquals(3, result.exit());
  }

  /// Sizes just above what a server takes unread, so that for one of them the very last piece has
  /// to wait for room.
  @Test
  void sendsTheLastByteToASlowReader() throws Exception {
    Connection connection = connection();
    for (int more = 0; more < 12; more++) {
      int size = 2 * MIB + more * 32_000 + 1;
      Command reader = Command.of("sleep 0.2; wc -c");
      Content content = Content.of(new byte[size]);
      assertEquals(size + "\n", connection.send(reader, content, Progress.NONE).stdout());
    }
  }

  @Test
  void takesAReceiverThatIsSlowOrEndsEarly() throws Exception {
    Connection connection = connection();
    Path file = files.resolve("large");
    writeNoise(file, 16);
    Content content = Content.ofFile(file);
    Command slow = Command.of("sleep 2; wc -c; read rest || echo end");
    assertEquals(
        16 * MIB + "\nend\n",
        connection.send(slow, content, Progress.NONE).stdout().strip() + "\n");
    CommandResult early =
        connection.send(Command.of("head -c 3 >/dev/null; exit 4"), content, Progress.NONE);
    assertEquals(4, early.exit());
    assertEquals(
        "0\n", connection.send(Command.of("wc -c"), Content.of(""), Progress.NONE).stdout());
    assertEquals("on\n", connection.run(Command.of("echo on")).stdout());
  }

  @Test
  void blamesTheTaskWhenThisSideFails() throws Exception {
    Connection connection = connection();
    Path file = files.resolve("gone");
    Files.writeString(file, "x");
    Content content = Content.ofFile(file);
    Files.delete(file);
    assertThrows(
        TaskFailed.class, () -> connection.send(Command.of("cat"), content, Progress.NONE));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws java.io.IOException {
            throw new java.io.IOException("No space left on device");
          }
        };
    TaskFailed e =
        assertThrows(TaskFailed.class, () -> connection.receive(Command.of("echo x"), full));
    assertTrue(message(e).contains("No space left on device"), message(e));
    assertEquals("on\n", connection.run(Command.of("echo on")).stdout());
  }

  @Test
  void mayBeClosedTwice() throws Exception {
    Connection connection = connection();
    connection.run(Command.of("true"));
    connection.close();
    connection.close();
  }

  static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }

  static boolean runs(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }

  private static long shellOf(Connection connection) throws Exception {
    return Long.parseLong(connection.run(Command.of("echo $PPID")).stdout().strip());
  }

  /// Writes so many MiB of varied bytes and gives their digest.
  private static String writeNoise(Path file, int mebibytes) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[MIB];
    new java.util.Random(7).nextBytes(block);
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      for (int i = 0; i < mebibytes; i++) {
        block[i] ^= (byte) i;
        out.write(block);
      }
    }
    try (InputStream in = Files.newInputStream(file)) {
      assertTrue(in.read() >= 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
