package kk.standin.core;

import java.util.Map;

/// From which version to which an upgrade may go. Only `MAJOR.MINOR` counts.
final class Versions {
  /// The oldest version that each takes over from, by the minors of Harbor 2.
  private static final Map<Integer, Integer> OLDEST =
      Map.of(10, 8, 11, 9, 12, 10, 13, 11, 14, 11, 15, 12);

  private Versions() {}

  /// Fails when a database of one version is not for a core of the other.
  ///
  /// @param written empty for a new database
  static void check(String written, String own) {
    if (written.isEmpty()) {
      return;
    }
    int before = minor(written);
    int now = minor(own);
    if (before > now) {
      throw new IllegalStateException(
          "the database is of " + written + ", newer than " + own + ": there is no way back");
    }
    int oldest = OLDEST.getOrDefault(now, now - 1);
    if (before < oldest) {
      throw new IllegalStateException(
          own + " takes over from 2." + oldest + " on, and the database is of " + written);
    }
  }

  private static int minor(String version) {
    String[] parts = version.split("\\.", -1);
    if (parts.length < 2 || !parts[0].equals("v2")) {
      throw new IllegalArgumentException("no version of Harbor 2: " + version);
    }
    return Integer.parseInt(parts[1]);
  }
}
