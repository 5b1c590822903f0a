package kk.connect.session;

import java.io.OutputStream;

/// A `/bin/sh` that has just been started on a host and reads commands from its standard input.
public interface ShellProcess extends AutoCloseable {
  /// Its standard input. Closing it tells the shell that nothing more comes.
  OutputStream stdin();

  /// What it prints.
  Inbox stdout();

  /// What it prints on standard error.
  Inbox stderr();

  /// False as soon as the shell is known to have ended, even if a child still holds its streams.
  boolean isAlive();

  /// Lets go of the shell at once, without waiting for it. Never fails.
  @Override
  void close();
}
