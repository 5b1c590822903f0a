package kk.connect;

import java.io.InputStream;
import java.io.OutputStream;
import kk.connect.session.Inbox;
import kk.connect.session.ShellProcess;
import kk.connect.session.Shells.Purpose;

/// A shell that is a child process of kk.
final class LocalShell implements ShellProcess {
  /// As much of a download as waits in memory.
  private static final int ROOM = 1024 * 1024;

  private final Process process;
  private final Inbox stdout;
  private final Inbox stderr = new Inbox();

  LocalShell(Process process, Purpose purpose) {
    this.process = process;
    this.stdout = purpose == Purpose.DOWNLOAD ? new Inbox(ROOM, bytes -> {}) : new Inbox();
    follow(process.getInputStream(), stdout);
    follow(process.getErrorStream(), stderr);
  }

  /// On a thread of its own: reading from a pipe can't be interrupted.
  private static void follow(InputStream stream, Inbox inbox) {
    Thread.ofPlatform().daemon().name("kk-local-shell").start(() -> inbox.fill(stream));
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
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
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    stdout.end(null);
  }
}
