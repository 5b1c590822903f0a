package kk.connect.session;

import java.io.IOException;

/// Starts shells on one host, all as the user who logged in.
public interface Shells {
  /// Which work a shell is meant for, so that buffers can be sized for it.
  enum Purpose {
    /// output that is kept in memory, most often little
    COMMANDS,
    /// one large output, which is taken only as fast as it can be kept
    DOWNLOAD
  }

  ShellProcess start(Purpose purpose) throws IOException, InterruptedException;
}
