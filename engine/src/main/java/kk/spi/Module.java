package kk.spi;

/// A verb of the playbook language. Found by `ServiceLoader`; one instance serves all hosts at
/// once, so it keeps no state.
///
/// @param <A> the arguments: a record whose components carry [Doc]. `Optional` components may be
///     left out, those with [Default] too. The engine reads, renders and checks them before [#run]
///     is called; a compact constructor may reject combinations by `IllegalArgumentException` with
///     a sentence for the user.
public interface Module<A extends Record> {
  /// The name as written in a playbook.
  String name();

  /// The class of the arguments.
  Class<A> arguments();

  /// Whether it is done once for all hosts of a batch, by the first of them.
  default boolean isDoneOnce() {
    return false;
  }

  /// Does it on one host.
  ///
  /// @throws TaskFailed like returning [Outcome.Failed]
  Outcome run(A arguments, HostAccess host) throws UnreachableException, InterruptedException;
}
