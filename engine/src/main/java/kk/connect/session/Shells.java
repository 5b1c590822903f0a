package kk.connect.session;

import java.io.IOException;

/// Starts shells on one host, all as the user who logged in.
public interface Shells {
  /// Which work a shell is meant for, so that buffers can be sized for it.
  enum Purpose {
    /// many small commands, mostly idle
    COMMANDS,
    /// one large stream
    TRANSFER
  }

  ShellProcess start(Purpose purpose) throws IOException, InterruptedException;
}
