package kk.report;

import java.util.List;
import kk.run.RunEvent;

/// Tells several listeners the same.
public record Broadcast(List<RunEvent.Listener> listeners) implements RunEvent.Listener {
  @Override
  public void accept(RunEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
