package kk.connect;

/// What has gone over a connection so far, for tests and benchmarks that count instead of timing.
///
/// @param roundTrips how often something was sent that had to be answered before going on. Opening
///     a channel of its own, as the first command of a user and every transfer do, is not in it
/// @param bytesSent what was written to shells, before encryption
/// @param bytesReceived what was read from shells
public record Traffic(long roundTrips, long bytesSent, long bytesReceived) {
  public Traffic since(Traffic earlier) {
    return new Traffic(
        roundTrips - earlier.roundTrips,
        bytesSent - earlier.bytesSent,
        bytesReceived - earlier.bytesReceived);
  }
}
