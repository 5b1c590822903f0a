package kk.connect;

import java.io.IOException;
import java.io.OutputStream;
import kk.connect.session.Inbox;
import kk.connect.session.ShellProcess;
import kk.connect.session.Shells.Purpose;
import net.schmizz.sshj.common.Buffer.BufferException;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/// A shell at the other end of an SSH channel.
///
/// What arrives goes straight into inboxes and not into sshj's own streams: their buffers never
/// shrink, waking a virtual thread that waits in one takes a detour over another thread, and two
/// threads that read output and error now and then hand back room in the shared window so that it
/// is counted below zero, and the connection is given up.
final class SshShell extends SessionChannel implements ShellProcess {
  private final Object granting = new Object();
  private final long grantAt;
  private final boolean download;
  private final Inbox stdout;
  private final Inbox stderr = new Inbox();
  private long toGrant;

  /// A channel that isn't open yet. The connection tells the size of its window.
  SshShell(Connection connection, Purpose purpose) {
    super(connection);
    this.grantAt = connection.getWindowSize() / 2;
    this.download = purpose == Purpose.DOWNLOAD;
    this.stdout = download ? new Inbox(Long.MAX_VALUE, this::grant) : new Inbox();
  }

  /// Starts the shell.
  void start() throws ConnectionException, TransportException {
    open();
    exec("exec /bin/sh");
  }

  @Override
  public OutputStream stdin() {
    return getOutputStream();
  }

  @Override
  public Inbox stdout() {
    return stdout;
  }

  @Override
  public Inbox stderr() {
    return stderr;
  }

  @Override
  public boolean isAlive() {
    return isOpen() && getExitStatus() == null && getExitSignal() == null;
  }

  /// Runs on the one thread that receives for the connection, so it never waits. The room that
  /// output takes up is handed back when somebody has taken it, if it is a download, else at once.
  @Override
  protected void receiveInto(ChannelInputStream stream, SSHPacket packet) throws SSHException {
    int length = lengthOf(packet);
    lwin.consume(length);
    boolean output = stream == getInputStream();
    (output ? stdout : stderr).put(packet.array(), packet.rpos(), length);
    if (!download || !output) {
      grant(length);
    }
  }

  private int lengthOf(SSHPacket packet) throws ConnectionException {
    try {
      int length = packet.readUInt32AsInt();
      if (length >= 0 && length <= getLocalMaxPacketSize() && length <= packet.available()) {
        return length;
      }
    } catch (BufferException e) {
      throw new ConnectionException(e);
    }
    throw new ConnectionException(DisconnectReason.PROTOCOL_ERROR, "a piece of impossible length");
  }

  /// Lets the host send so many bytes more. Counted here before the host can know of it.
  private void grant(long bytes) {
    synchronized (granting) {
      toGrant += bytes;
      if (toGrant < grantAt || !isOpen()) {
        return;
      }
      lwin.expand(toGrant);
      try {
        trans.write(
            new SSHPacket(Message.CHANNEL_WINDOW_ADJUST)
                .putUInt32FromInt(getRecipient())
                .putUInt32(toGrant));
      } catch (TransportException e) {
        stdout.end(e);
        stderr.end(e);
      }
      toGrant = 0;
    }
  }

  @Override
  protected void eofInputStreams() {
    super.eofInputStreams();
    end(null);
  }

  @Override
  protected void closeAllStreams() {
    super.closeAllStreams();
    end(null);
  }

  @Override
  public void notifyError(SSHException error) {
    super.notifyError(error);
    end(error);
  }

  private void end(@Nullable IOException reason) {
    stdout.end(reason);
    stderr.end(reason);
  }

  /// sshj waits for the host to agree, which takes as long as something runs there.
  @Override
  public void close() {
    Thread.ofVirtual()
        .name("kk-close")
        .start(
            () -> {
              try {
                super.close();
              } catch (IOException e) {
                // gone already
              }
            });
  }
}
