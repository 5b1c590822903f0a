package kk.connect;

/// A connection that knows what has gone over it.
public interface Metered {
  Traffic traffic();
}
