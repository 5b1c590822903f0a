package kk.connect;

import java.time.Duration;

/// Puts amounts into words for messages.
final class Words {
  private Words() {}

  /// `90 s`, `5 min`, `2 h`: the largest unit that loses nothing.
  static String of(Duration time) {
    long seconds = time.toSeconds();
    if (seconds == 0 || !time.minusSeconds(seconds).isZero()) {
      return time.toMillis() + " ms";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + " h";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
