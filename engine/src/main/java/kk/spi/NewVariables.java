package kk.spi;

import java.util.Map;

/// Variables that a module found out or was told to set; the engine stores them for the host.
///
/// @param level which layer they go to, and so what they outrank
/// @param values native values by name
public record NewVariables(Level level, Map<String, Object> values) {

  /// Layers a module may write to, lowest first.
  public enum Level {
    /// Found out about the host: `setup`.
    FACTS,
    /// Read from files: `include_vars`.
    INCLUDED,
    /// Set by the playbook: `set_fact`.
    SET,
    /// Set by the playbook, and kept among the facts of the host: `set_fact` with `cacheable`.
    CACHED
  }
}
