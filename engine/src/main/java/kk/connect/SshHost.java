package kk.connect;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import kk.connect.session.ShellProcess;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;

/// An SSH connection, on which each shell gets a channel.
final class SshHost implements Host {
  /// Small for shells that are idle most of the time: sshj sets aside two packets for each.
  private static final int SMALL_PACKET = 4 * 1024;

  private static final int SMALL_WINDOW = 256 * 1024;

  /// More than 128 KiB sshj can't decode.
  private static final int LARGE_PACKET = 128 * 1024;

  private static final int LARGE_WINDOW = 8 * 1024 * 1024;

  /// How long a receiver may take nothing before a write to it fails. The limit of the command is
  /// what ends it sooner.
  private static final Duration SLOWEST_RECEIVER = Duration.ofDays(1);

  private final SshTarget target;
  private final SSHClient client;
  private final List<SSHClient> jumps;
  private final Duration patience;

  /// @param jumps the connections this one goes through, the nearest first
  /// @param patience how long the host may take to give us a channel
  SshHost(SshTarget target, SSHClient client, List<SSHClient> jumps, Duration patience) {
    this.target = target;
    this.client = client;
    this.jumps = jumps;
    this.patience = patience;
  }

  @Override
  public String user() {
    return target.user();
  }

  @Override
  public ShellProcess start(Purpose purpose) throws IOException, InterruptedException {
    if (!client.isConnected()) {
      throw new IOException("it is closed");
    }
    Connection connection = client.getConnection();
    connection.setMaxPacketSize(purpose == Purpose.DOWNLOAD ? LARGE_PACKET : SMALL_PACKET);
    connection.setWindowSize(purpose == Purpose.DOWNLOAD ? LARGE_WINDOW : SMALL_WINDOW);
    connection.setTimeoutMs((int) SLOWEST_RECEIVER.toMillis());
    try {
      return shell(connection, purpose);
    } catch (ConnectionException e) {
      if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
        throw new InterruptedException(e.getMessage());
      }
      throw e;
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    }
  }

  /// The window of a channel keeps the timeout that was set when the channel was made.
  private SshShell shell(Connection connection, Purpose purpose) throws IOException {
    SshShell shell = new SshShell(connection, purpose);
    connection.setTimeoutMs((int) patience.toMillis());
    shell.start();
    return shell;
  }

  @Override
  public String whyEnded(IOException e) {
    if (e instanceof OpenFailException) {
      return target.title() + " gives no further session: " + e.getMessage();
    }
    if (!client.isConnected() || !client.isAuthenticated()) {
      return "the connection to " + target.title() + " was lost: " + Refusals.lost(root(e));
    }
    return "the shell on the host ended";
  }

  @Override
  public void close() {
    disconnect(client);
    jumps.reversed().forEach(SshHost::disconnect);
  }

  private static void disconnect(SSHClient client) {
    try {
      client.disconnect();
    } catch (IOException e) {
      // it is gone, as wanted
    }
  }

  private static Throwable root(Throwable e) {
    return e.getCause() == null ? e : root(e.getCause());
  }
}
