package kk.connect.session;

import java.util.concurrent.atomic.LongAdder;

/// Counts what goes over a connection, for all of its shells.
public final class Meter {
  private final LongAdder roundTrips = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();

  /// Something was sent that must be answered before we can go on.
  void roundTrip() {
    roundTrips.increment();
  }

  void sent(long bytes) {
    sent.add(bytes);
  }

  void received(long bytes) {
    received.add(bytes);
  }

  public long roundTrips() {
    return roundTrips.sum();
  }

  public long bytesSent() {
    return sent.sum();
  }

  public long bytesReceived() {
    return received.sum();
  }
}
