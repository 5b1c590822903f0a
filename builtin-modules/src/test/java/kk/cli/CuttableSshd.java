package kk.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// This machine over an OpenSSH server of our own, behind a line that counts what is sent and that
/// breaks when it is told to.
final class CuttableSshd implements AutoCloseable {
  private static final String SSHD = "/usr/sbin/sshd";

  private final Path folder;
  private final Process sshd;
  private final int port;
  private final ServerSocket line;

  /// Bytes that went to the host since the last [#open].
  private final AtomicLong sent = new AtomicLong();

  private volatile long breaksAfter = Long.MAX_VALUE;

  private CuttableSshd(Path folder, Process sshd, int port, ServerSocket line) {
    this.folder = folder;
    this.sshd = sshd;
    this.port = port;
    this.line = line;
  }

  static CuttableSshd start(Path folder) throws Exception {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    for (String key : new String[] {"host_key", "key"}) {
      String file = folder.resolve(key).toString();
      new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file)
          .start()
          .waitFor();
    }
    int port = freePort();
    Path config = folder.resolve("sshd_config");
    Files.writeString(
        config,
        """
        Port %1$d
        ListenAddress 127.0.0.1
        HostKey %2$s/host_key
        AuthorizedKeysFile %2$s/key.pub
        PidFile none
        StrictModes no
        UsePAM no
        PermitRootLogin yes
        """
            .formatted(port, folder));
    Process sshd =
        new ProcessBuilder(SSHD, "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    await().ignoreExceptions().until(() -> answers(port));
    CuttableSshd started =
        new CuttableSshd(
            folder, sshd, port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(started::accept);
    return started;
  }

  /// An inventory with one host, `there`.
  Path inventory() throws IOException {
    return Files.writeString(
        folder.resolve("inventory.yaml"),
        """
        all:
          hosts:
            there:
              ansible_host: 127.0.0.1
              ansible_port: %d
              ansible_user: %s
              ansible_connection: ssh
              ansible_ssh_private_key_file: %s/key
        """
            .formatted(line.getLocalPort(), System.getProperty("user.name"), folder));
  }

  /// Lets this many bytes through, then breaks the line. Counts from here.
  void breakAfter(long bytes) {
    sent.set(0);
    breaksAfter = bytes;
  }

  /// Lets everything through. Counts from here.
  void open() {
    breakAfter(Long.MAX_VALUE);
  }

  long sent() {
    return sent.get();
  }

  @Override
  public void close() throws IOException {
    line.close();
    sshd.descendants().forEach(ProcessHandle::destroyForcibly);
    sshd.destroyForcibly();
  }

  private void accept() {
    while (!line.isClosed()) {
      try {
        Socket here = line.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> forward(here, there, sent));
        Thread.ofVirtual().start(() -> forward(there, here, new AtomicLong(Long.MIN_VALUE)));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void forward(Socket from, Socket to, AtomicLong counted) {
    byte[] piece = new byte[16 * 1024];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (counted.addAndGet(read) > breaksAfter) {
          return;
        }
        out.write(piece, 0, read);
      }
    } catch (IOException e) {
      // the other direction has broken it
    }
  }

  private static int freePort() throws IOException {
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
