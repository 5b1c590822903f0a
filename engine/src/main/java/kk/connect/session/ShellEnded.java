package kk.connect.session;

import java.io.IOException;

/// The shell went away while something was expected of it. Its message is what the shell last had
/// to say, and may be empty.
public final class ShellEnded extends IOException {
  ShellEnded(String lastWords, Throwable cause) {
    super(lastWords, cause);
  }

  ShellEnded(String lastWords) {
    super(lastWords);
  }
}
