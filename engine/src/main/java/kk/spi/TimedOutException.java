package kk.spi;

/// A command took longer than it may and was killed. The host itself can be reached.
public final class TimedOutException extends UnreachableException {
  public TimedOutException(String message, Throwable cause) {
    super(message, cause);
  }
}
