package kk.spi;

import java.time.Duration;

/// What a command left behind.
///
/// @param exit its exit status; 128 + n when signal n ended it
/// @param stdout everything it wrote to standard output, decoded as UTF-8
/// @param stderr everything it wrote to standard error
/// @param took how long it ran, the round trip included
public record CommandResult(int exit, String stdout, String stderr, Duration took) {
  public boolean succeeded() {
    return exit == 0;
  }
}
