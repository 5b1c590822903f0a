package kk.spi;

/// The host can't be reached, refuses us, or the line to it broke. The host leaves the run. The
/// message is for the user: which host, what was tried, what it answered.
public sealed class UnreachableException extends Exception permits TimedOutException {
  public UnreachableException(String message) {
    super(message);
  }

  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
