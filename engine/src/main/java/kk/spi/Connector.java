package kk.spi;

/// A way to reach hosts. Found by `ServiceLoader`; the host variable `connector.type` names the one
/// to use.
public interface Connector {
  /// The name as written in an inventory: `ssh`, `local`.
  String name();

  /// Opens a line to a host. Called once per host and run.
  ///
  /// @throws UnreachableException when the host doesn't answer, refuses the login, or isn't the one
  ///     we know
  Connection open(HostAddress address) throws UnreachableException, InterruptedException;
}
