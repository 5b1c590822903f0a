package kk.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import kk.connect.session.ShellProcess;
import net.schmizz.sshj.connection.channel.direct.Session;

/// A shell at the other end of an SSH channel.
final class SshShell implements ShellProcess {
  private final Session.Command command;

  SshShell(Session.Command command) {
    this.command = command;
  }

  @Override
  public OutputStream stdin() {
    return command.getOutputStream();
  }

  @Override
  public InputStream stdout() {
    return command.getInputStream();
  }

  @Override
  public InputStream stderr() {
    return command.getErrorStream();
  }

  @Override
  public boolean isAlive() {
    return command.isOpen() && command.getExitStatus() == null && command.getExitSignal() == null;
  }

  /// sshj waits for the host to agree, which takes as long as something runs there.
  @Override
  public void close() {
    Thread.ofVirtual()
        .name("kk-close")
        .start(
            () -> {
              try {
                command.close();
              } catch (IOException e) {
                // gone already
              }
            });
  }
}
