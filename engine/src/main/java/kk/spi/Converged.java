package kk.spi;

/// What came of a [Convergence].
///
/// @param differed whether the host was not as wanted: it has been changed, or would have been
/// @param looked what `look` printed
/// @param changed what `change` printed; empty in check mode
/// @param stderr what both wrote to standard error
public record Converged(boolean differed, String looked, String changed, String stderr) {}
