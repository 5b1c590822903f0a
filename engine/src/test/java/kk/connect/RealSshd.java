package kk.connect;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The machine's own OpenSSH server, on a port of the loopback with keys and settings of its own.
/// Needs root. Ends with its tests and leaves nothing behind.
final class RealSshd implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  final Path directory;
  final int port;
  private final Process process;

  private RealSshd(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /// Skips the test, saying so, where there is no sshd or no root.
  static RealSshd start(Path directory, String... settings) throws Exception {
    if (!Files.isExecutable(SSHD) || !System.getProperty("user.name").equals("root")) {
      System.err.println("SKIPPED: tests against a real sshd need root and " + SSHD);
      Assumptions.abort("needs root and " + SSHD);
    }
    Files.createDirectories(Path.of("/run/sshd"));
    key(directory.resolve("host_ed25519"), "ed25519", "");
    key(directory.resolve("host_rsa"), "rsa", "");
    key(directory.resolve("id"), "ed25519", "");
    Files.copy(directory.resolve("id.pub"), directory.resolve("authorized_keys"));
    int port = freePort();
    Path config = directory.resolve("sshd_config");
    Files.writeString(
        config,
        """
        Port %1$d
        ListenAddress 127.0.0.1
        HostKey %2$s/host_ed25519
        HostKey %2$s/host_rsa
        AuthorizedKeysFile %2$s/authorized_keys
        PidFile none
        StrictModes no
        UsePAM no
        PermitRootLogin yes
        PasswordAuthentication yes
        MaxStartups 500
        """
                .formatted(port, directory)
            + String.join("\n", settings)
            + "\n");
    Process process =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    await().ignoreExceptions().until(() -> answers(port));
    return new RealSshd(directory, port, process);
  }

  Path key() {
    return directory.resolve("id");
  }

  Path knownHosts() {
    return directory.resolve("known/hosts");
  }

  /// Cuts every connection, as a crash would.
  void cut() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  Optional<Long> pid() {
    return Optional.of(process.pid());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  static void key(Path file, String type, String passphrase, String... more) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("ssh-keygen", "-q", "-t", type));
    command.addAll(List.of("-N", passphrase, "-C", "kk-test", "-f", file.toString()));
    command.addAll(List.of(more));
    run(command.toArray(String[]::new));
  }

  static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() == 'S';
    }
  }
}
