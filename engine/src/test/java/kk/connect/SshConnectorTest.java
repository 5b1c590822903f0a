package kk.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kk.spi.Command;
import kk.spi.Connection;
import kk.spi.HostAddress;
import kk.spi.Secret;
import kk.spi.UnreachableException;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Getting in, and not getting in: keys, known hosts, configuration, jumps, lost connections.
class SshConnectorTest {
  private static final Path NO_CONFIG = Path.of("/dev/null");

  private static @Nullable RealSshd running;

  @TempDir Path files = Path.of("");

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    running = RealSshd.start(directory);
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
    }
  }

  private static RealSshd sshd() {
    return Objects.requireNonNull(running);
  }

  private HostAddress address() {
    return withKey(Optional.of(sshd().key()));
  }

  private HostAddress withKey(Optional<Path> key) {
    return Addresses.loopback(sshd().port, "root", Optional.empty(), key, knownHosts());
  }

  private Path knownHosts() {
    return files.resolve("ssh/known_hosts");
  }

  private static SshConnector connector() {
    return new SshConnector(NO_CONFIG, Optional.empty());
  }

  private static void assertWorks(HostAddress address) throws Exception {
    try (Connection connection = connector().open(address)) {
      assertEquals("hi\n", connection.run(Command.of("echo hi")).stdout());
    }
  }

  private static String refusal(SshConnector connector, HostAddress address) {
    UnreachableException e =
        assertThrows(UnreachableException.class, () -> connector.open(address));
    return ConnectorContract.message(e);
  }

  private static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "no “" + part + "” in: " + text);
    }
  }

  @Test
  void writesDownANewHostAndKnowsItAgain() throws Exception {
    assertWorks(address());
    List<String> lines = Files.readAllLines(knownHosts());
    assertEquals(1, lines.size());
    assertContains(lines.getFirst(), "[127.0.0.1]:" + sshd().port + " ssh-ed25519 AAAA");
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(knownHosts())));
    assertWorks(address());
    assertEquals(lines, Files.readAllLines(knownHosts()));
    String found =
        RealSshd.run("ssh-keygen", "-F", "[127.0.0.1]:" + sshd().port, "-f", knownHosts() + "");
    assertContains(found, "found: line 1");
  }

  @Test
  void writesDownManyNewHostsAtOnce() throws Exception {
    SshConnector connector = connector();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> names = new ArrayList<>();
      for (int i = 1; i <= 10; i++) {
        HostAddress address = Addresses.at("127.0.0." + i % 5, address());
        names.add(threads.submit(() -> tryOpen(connector, address)));
      }
      for (Future<String> name : names) {
        name.get();
      }
    }
    assertEquals(1, Files.readAllLines(knownHosts()).size());
  }

  /// The server listens on 127.0.0.1 alone: the other addresses are refused.
  private static String tryOpen(SshConnector connector, HostAddress address) throws Exception {
    try (Connection connection = connector.open(address)) {
      return connection.run(Command.of("echo hi")).stdout();
    } catch (UnreachableException e) {
      return ConnectorContract.message(e);
    }
  }

  @Test
  void refusesAChangedKeyAndSaysWhereTheOldOneIs() throws Exception {
    RealSshd.key(files.resolve("other"), "ed25519", "");
    List<String> other = List.of(Files.readString(files.resolve("other.pub")).split(" ", -1));
    Files.createDirectories(knownHosts().getParent());
    Files.writeString(
        knownHosts(),
        "# mine\nelsewhere ssh-ed25519 AAAA\n[127.0.0.1]:%d %s %s"
            .formatted(sshd().port, other.get(0), other.get(1)));
    String message = refusal(connector(), address());
    assertContains(
        message,
        "web1 (127.0.0.1:" + sshd().port + "): it shows another host key than before (SHA256:",
        "the old key is in " + knownHosts() + ":3",
        "ssh-keygen -R '[127.0.0.1]:" + sshd().port + "' -f " + knownHosts());
    RealSshd.run("ssh-keygen", "-R", "[127.0.0.1]:" + sshd().port, "-f", knownHosts() + "");
    assertWorks(address());
  }

  @Test
  void refusesAnotherTypeOfKeyThanTheOneKnown() throws Exception {
    RealSshd.key(files.resolve("other"), "ecdsa", "");
    Files.createDirectories(knownHosts().getParent());
    String key = Files.readString(files.resolve("other.pub"));
    Files.writeString(knownHosts(), "[127.0.0.1]:" + sshd().port + " " + key);
    assertContains(refusal(connector(), address()), "shows another host key than before");
  }

  @Test
  void asksForTheTypeOfKeyItKnows() throws Exception {
    Files.createDirectories(knownHosts().getParent());
    String rsa = Files.readString(sshd().directory.resolve("host_rsa.pub"));
    Files.writeString(knownHosts(), "[127.0.0.1]:" + sshd().port + " " + rsa);
    assertWorks(address());
    assertEquals(1, Files.readAllLines(knownHosts()).size());
  }

  @Test
  void understandsHashedNamesAndPatternsAndAuthorities() throws Exception {
    Files.createDirectories(knownHosts().getParent());
    String key = Files.readString(sshd().directory.resolve("host_ed25519.pub"));
    Files.writeString(knownHosts(), "[127.0.0.1]:" + sshd().port + " " + key);
    RealSshd.run("ssh-keygen", "-H", "-f", knownHosts().toString());
    assertFalse(Files.readString(knownHosts()).contains("127.0.0.1"));
    assertWorks(address());
    assertEquals(1, Files.readAllLines(knownHosts()).size());
    Files.writeString(knownHosts(), "other,[127.0.?.*]:" + sshd().port + " " + key);
    assertWorks(address());
    assertEquals(1, Files.readAllLines(knownHosts()).size());
    Files.writeString(knownHosts(), "@revoked * " + key);
    assertContains(refusal(connector(), address()), "its key is revoked by " + knownHosts() + ":1");
  }

  @Test
  void takesEveryUsualKindOfKey() throws Exception {
    for (String type : List.of("ed25519", "rsa", "ecdsa")) {
      for (String passphrase : List.of("", "open sesame")) {
        Path key = authorized(type + passphrase.length(), type, passphrase);
        assertWorks(Addresses.withPassphrase(withKey(Optional.of(key)), passphrase));
      }
    }
    assertWorks(withKey(Optional.of(authorized("big", "ecdsa", "", "-b", "521"))));
    Path pem = authorized("pem", "rsa", "", "-m", "PEM");
    assertContains(Files.readString(pem), "BEGIN RSA PRIVATE KEY");
    assertWorks(withKey(Optional.of(pem)));
    Path encrypted = authorized("encrypted", "rsa", "open sesame", "-m", "PEM");
    assertContains(Files.readString(encrypted), "Proc-Type: 4,ENCRYPTED");
    assertWorks(Addresses.withPassphrase(withKey(Optional.of(encrypted)), "open sesame"));
    assertWorks(Addresses.withContent(withKey(Optional.empty()), Files.readString(sshd().key())));
  }

  @Test
  void takesACertificateBesideTheKey() throws Exception {
    Path authority = files.resolve("authority");
    RealSshd.key(authority, "ed25519", "");
    Path key = files.resolve("signed");
    RealSshd.key(key, "ed25519", "");
    RealSshd.run("ssh-keygen", "-q", "-s", authority + "", "-I", "kk", "-n", "root", key + ".pub");
    authorize("cert-authority " + Files.readString(files.resolve("authority.pub")));
    assertWorks(withKey(Optional.of(key)));
  }

  @Test
  void asksTheAgent() throws Exception {
    Path socket = files.resolve("agent");
    Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    try {
      org.awaitility.Awaitility.await().until(() -> Files.exists(socket));
      for (String type : List.of("ed25519", "rsa", "ecdsa")) {
        Path key = authorized("agent-" + type, type, "");
        RealSshd.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", "-D");
        RealSshd.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
        SshConnector connector = new SshConnector(NO_CONFIG, Optional.of(socket));
        HostAddress noKey = withKey(Optional.of(files.resolve("no-such-key")));
        try (Connection connection = connector.open(noKey)) {
          assertEquals("hi\n", connection.run(Command.of("echo hi")).stdout());
        }
      }
    } finally {
      agent.destroy();
    }
  }

  @Test
  void saysWhatItTried() throws Exception {
    Path stranger = files.resolve("stranger");
    RealSshd.key(stranger, "ed25519", "");
    Path locked = files.resolve("locked");
    RealSshd.key(locked, "ed25519", "secret");
    HostAddress address = withKey(Optional.of(stranger));
    String message = refusal(connector(), Addresses.withPassword(address, "wrong"));
    assertContains(
        message,
        "web1 (127.0.0.1:" + sshd().port + ") refused the login of root: tried key " + stranger,
        ", password");
    assertFalse(message.contains("wrong"), message);
    assertContains(
        refusal(connector(), withKey(Optional.of(locked))),
        "key " + locked + " (needs a passphrase, none is given)");
    assertContains(
        refusal(connector(), Addresses.withPassphrase(withKey(Optional.of(locked)), "x")),
        "key " + locked + " (wrong passphrase)");
    Path missing = files.resolve("missing");
    assertContains(
        refusal(connector(), withKey(Optional.of(missing))), "key " + missing + " (no such file)");
  }

  @Test
  void saysWhyNobodyAnswers() throws Exception {
    HostAddress closed =
        Addresses.loopback(
            RealSshd.freePort(), "root", Optional.empty(), Optional.empty(), knownHosts());
    assertContains(refusal(connector(), closed), "web1 (127.0.0.1:", "): connection refused");
    assertContains(
        refusal(connector(), Addresses.at("no-such.invalid", address())), "unknown host name");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      HostAddress mute =
          Addresses.loopback(
              silent.getLocalPort(), "root", Optional.empty(), Optional.empty(), knownHosts());
      assertContains(refusal(connector(), Addresses.patient(mute, 1)), "timed out after 1 s");
    }
    try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread closing = Thread.ofVirtual().start(() -> hangUp(rude));
      HostAddress address =
          Addresses.loopback(
              rude.getLocalPort(), "root", Optional.empty(), Optional.empty(), knownHosts());
      assertContains(refusal(connector(), address), "the host closed the connection");
      closing.join();
    }
  }

  private static void hangUp(ServerSocket server) {
    try {
      server.accept().close();
    } catch (IOException e) {
      // then nobody called
    }
  }

  @Test
  void followsTheConfigurationWhereTheInventoryIsSilent() throws Exception {
    Path config = files.resolve("config");
    Files.writeString(
        config,
        """
        # comment
        Host other
          HostName 192.0.2.1
        Host reg* !reg9
          HostName=127.0.0.1
          Port %d
          User "root"
          IdentityFile %s
        Match exec "false"
          User nobody
        Host *
          User nobody
          Port 1
        """
            .formatted(sshd().port, sshd().key()));
    HostAddress bare =
        new HostAddress(
            "web1",
            "reg1",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            knownHosts(),
            Duration.ofSeconds(10),
            Map.of());
    try (Connection connection = new SshConnector(config, Optional.empty()).open(bare)) {
      assertEquals("root\n", connection.run(Command.of("id -un")).stdout());
    }
    assertContains(
        refusal(new SshConnector(config, Optional.empty()), Addresses.at("reg9", bare)),
        "(reg9:1)");
  }

  @Test
  void jumps() throws Exception {
    Path config = files.resolve("config");
    Files.writeString(
        config,
        """
        Host inner
          HostName 127.0.0.1
          ProxyJump root@127.0.0.1:%1$d,gate
        Host gate
          HostName 127.0.0.1
          Port %1$d
        """
            .formatted(sshd().port));
    try (Connection connection =
        new SshConnector(config, Optional.empty()).open(Addresses.at("inner", address()))) {
      String peers = connection.run(Command.of("echo $SSH_CLIENT")).stdout();
      assertTrue(peers.startsWith("127.0.0.1 "), peers);
    }
  }

  @Test
  void waitsForAMuteHostBehindAJumpNoLongerThanForAnyOther() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Path config = files.resolve("config");
      Files.writeString(
          config,
          "Host mute\n  HostName 127.0.0.1\n  Port %d\n  ProxyJump root@127.0.0.1:%d\n"
              .formatted(silent.getLocalPort(), sshd().port));
      HostAddress mute =
          new HostAddress(
              "web1",
              "mute",
              0,
              Optional.of("root"),
              Optional.empty(),
              Optional.of(sshd().key()),
              Optional.empty(),
              Optional.empty(),
              knownHosts(),
              Duration.ofSeconds(2),
              Map.of());
      assertContains(
          refusal(new SshConnector(config, Optional.empty()), mute), "timed out after 2 s");
    }
  }

  @Test
  void keepsThePasswordOfAHostFromTheJumpBeforeIt() throws Exception {
    Path config = files.resolve("config");
    Files.writeString(
        config,
        "Host inner\n  HostName 127.0.0.1\n  ProxyJump gate\nHost gate\n  HostName 127.0.0.1\n  Port %d\n"
            .formatted(sshd().port));
    HostAddress inner =
        Addresses.at(
            "inner",
            Addresses.loopback(
                0, "root", Optional.of(new Secret("x")), Optional.empty(), knownHosts()));
    String refusal = refusal(new SshConnector(config, Optional.empty()), inner);
    assertContains(refusal, "gate (127.0.0.1:");
    assertTrue(!refusal.contains("password ("), refusal);
  }

  @Test
  void answersQuestionsWithThePassword() throws Exception {
    try (SshServer asking = SshServer.setUpDefaultServer()) {
      asking.setHost("127.0.0.1");
      asking.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(files.resolve("host")));
      asking.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
      asking.setPasswordAuthenticator((user, password, session) -> password.equals("sesame"));
      asking.setCommandFactory((channel, command) -> new MinaShell(command));
      asking.start();
      HostAddress host =
          Addresses.loopback(
              asking.getPort(),
              "anyone",
              Optional.of(new Secret("sesame")),
              Optional.empty(),
              knownHosts());
      assertWorks(host);
    }
  }

  @Test
  void hasWordsForAHostNobodyKnowsTheWayTo() {
    assertEquals(
        "no route to host",
        Refusals.connecting(new NoRouteToHostException("No route to host"), Duration.ofSeconds(1)));
  }

  @Test
  void noticesACutConnection() throws Exception {
    try (RealSshd own = RealSshd.start(Files.createDirectory(files.resolve("own")))) {
      HostAddress address =
          Addresses.loopback(
              own.port, "root", Optional.empty(), Optional.of(own.key()), own.knownHosts());
      try (Connection connection = connector().open(address)) {
        connection.run(Command.of("true"));
        Thread cutting =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        Thread.sleep(300);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      own.cut();
                    });
        UnreachableException e =
            assertThrows(UnreachableException.class, () -> connection.run(Command.of("sleep 9")));
        assertContains(
            ConnectorContract.message(e),
            "web1: the connection to web1 (127.0.0.1:" + own.port + ") was lost: ",
            "while it ran: sleep 9");
        cutting.join();
        UnreachableException next =
            assertThrows(UnreachableException.class, () -> connection.run(Command.of("true")));
        assertContains(ConnectorContract.message(next), "was lost");
      }
    }
  }

  private Path authorized(String name, String type, String passphrase, String... more)
      throws Exception {
    Path key = files.resolve(name);
    RealSshd.key(key, type, passphrase, more);
    authorize(Files.readString(files.resolve(name + ".pub")));
    return key;
  }

  private static void authorize(String line) throws IOException {
    Path authorized = sshd().directory.resolve("authorized_keys");
    Files.writeString(authorized, line, java.nio.file.StandardOpenOption.APPEND);
  }
}
