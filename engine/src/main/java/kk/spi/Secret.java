package kk.spi;

/// A text that must not be shown. Its `toString` hides it, so that it can't reach a log by
/// accident.
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "•••";
  }
}
