package kk.variables;

import java.util.Map;

/// Variables from one origin, all of one rank.
///
/// @param origin where they come from, in words
/// @param values native values; templates in them only when they are trusted
/// @param kind what may be done with them
public record Layer(String origin, Map<String, Object> values, Kind kind) {

  /// Origin of what holds when nobody says anything.
  public static final String ASSUMED = "what is assumed";

  /// How the values of a layer are used.
  public enum Kind {
    /// Written by somebody the user trusts: templates in them are rendered when asked for.
    TRUSTED,
    /// Like trusted, and a mapping completes the mapping of lower layers instead of hiding it:
    /// `--set a.b=1` leaves `a.c` alone.
    MERGED,
    /// From hosts: handed out as it is, never rendered.
    DATA
  }

  public static Layer trusted(String origin, Map<String, Object> values) {
    return new Layer(origin, values, Kind.TRUSTED);
  }

  public static Layer merged(String origin, Map<String, Object> values) {
    return new Layer(origin, values, Kind.MERGED);
  }

  public static Layer data(String origin, Map<String, Object> values) {
    return new Layer(origin, values, Kind.DATA);
  }

  /// The origin alone: values may be secrets.
  @Override
  public String toString() {
    return origin;
  }
}
