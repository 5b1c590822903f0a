package kk.connect.session;

/// A command, or the start of a shell, took longer than it may. What runs on the host still runs.
public final class LimitPassed extends Exception {
  LimitPassed(String message) {
    super(message);
  }
}
