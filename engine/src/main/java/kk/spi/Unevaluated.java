package kk.spi;

/// An expression that an argument holds as it is written, such as a condition under `that`. The
/// engine doesn't render it; the module asks [HostAccess#evaluate] or [HostAccess#holds] for its
/// value.
public record Unevaluated(String text) {}
