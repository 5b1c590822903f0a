package kk.connect;

import java.io.InputStream;
import java.io.OutputStream;
import kk.connect.session.ShellProcess;

/// A shell that is a child process of kk.
final class LocalShell implements ShellProcess {
  private final Process process;

  LocalShell(Process process) {
    this.process = process;
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  @Override
  public InputStream stdout() {
    return process.getInputStream();
  }

  @Override
  public InputStream stderr() {
    return process.getErrorStream();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
