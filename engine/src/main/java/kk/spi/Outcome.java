package kk.spi;

/// How a module call ended on one host.
public sealed interface Outcome {
  Details details();

  /// The host was as wanted already.
  record Unchanged(Details details) implements Outcome {}

  /// The host has been changed; in check mode: would be.
  record Changed(Details details) implements Outcome {}

  /// Nothing was done, on purpose.
  record Skipped(String why, Details details) implements Outcome {}

  /// It can't be done.
  record Failed(String why, Details details) implements Outcome {}

  static Outcome unchanged() {
    return new Unchanged(Details.NONE);
  }

  static Outcome changed() {
    return new Changed(Details.NONE);
  }

  /// Changed or unchanged, as it turned out.
  static Outcome changedIf(boolean changed, Details details) {
    return changed ? new Changed(details) : new Unchanged(details);
  }

  static Outcome failed(String why) {
    return new Failed(why, Details.NONE);
  }
}
