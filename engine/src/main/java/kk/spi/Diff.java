package kk.spi;

/// Before and after of one thing, shown with `--diff`.
///
/// @param what its name, most often a path
public record Diff(String what, String before, String after) {}
