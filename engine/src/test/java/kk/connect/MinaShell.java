package kk.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/// Runs what a client asks for in a session of its own, as a real server does. MINA's own way
/// shares the process group of the test, which a script may signal.
final class MinaShell implements Command {
  private final String command;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private @Nullable OutputStream err;
  private @Nullable ExitCallback exit;
  private @Nullable Process process;

  MinaShell(String command) {
    this.command = command;
  }

  @Override
  public void setInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    this.err = err;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    this.exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    Process started = new ProcessBuilder("setsid", "/bin/sh", "-c", command).start();
    process = started;
    Thread.ofPlatform().start(() -> copy(Objects.requireNonNull(in), started.getOutputStream()));
    OutputStream toOut = Objects.requireNonNull(out);
    OutputStream toErr = Objects.requireNonNull(err);
    Thread errors = Thread.ofPlatform().start(() -> copy(started.getErrorStream(), toErr));
    Thread.ofPlatform().start(() -> finish(started, toOut, errors));
  }

  private void finish(Process started, OutputStream toOut, Thread errors) {
    copy(started.getInputStream(), toOut);
    try {
      errors.join();
      Objects.requireNonNull(exit).onExit(started.waitFor());
    } catch (InterruptedException e) {
      Objects.requireNonNull(exit).onExit(255);
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try (to) {
      byte[] buffer = new byte[32 * 1024];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(buffer, 0, read);
        to.flush();
      }
    } catch (IOException e) {
      // one of them is gone
    }
  }

  @Override
  public void destroy(ChannelSession channel) {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
