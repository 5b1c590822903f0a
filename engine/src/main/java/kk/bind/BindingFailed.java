package kk.bind;

import java.util.Optional;

/// An argument doesn't fit its record. The message is for the user; the name tells which argument
/// to point at.
public final class BindingFailed extends RuntimeException {
  private final transient Optional<String> argument;

  BindingFailed(Optional<String> argument, String message) {
    super(message);
    this.argument = argument;
  }

  /// The argument to blame, unless it is their combination.
  public Optional<String> argument() {
    return argument;
  }
}
