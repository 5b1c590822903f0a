package kk.standin.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kk.standin.http.Answer;
import kk.standin.http.Json;

/// How each component is. Looked at in intervals; before the first look, none is healthy.
public final class Health implements AutoCloseable {
  /// Looks at a component, and fails with the reason when it is not healthy.
  @FunctionalInterface
  public interface Check {
    void run() throws Exception;
  }

  private static final String UNSEEN = "unknown status";

  private final Map<String, Check> checks;
  private final Duration interval;
  private final Map<String, Optional<String>> errors = new ConcurrentHashMap<>();
  private final Thread thread;

  /// Begins to look.
  ///
  /// @param interval between two looks, and before the first; zero looks when asked
  Health(Map<String, Check> checks, Duration interval) {
    this.checks = new LinkedHashMap<>(checks);
    this.interval = interval;
    this.thread = Thread.ofVirtual().unstarted(this::lookForEver);
    if (!interval.isZero()) {
      thread.start();
    }
  }

  private void lookForEver() {
    try {
      while (true) {
        Thread.sleep(interval);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    checks.forEach((name, check) -> errors.put(name, error(check)));
  }

  private static Optional<String> error(Check check) {
    try {
      check.run();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(
          e.getMessage() == null ? e.getClass().getSimpleName() : String.valueOf(e.getMessage()));
    }
  }

  /// Always 200; the status in it counts.
  Answer answer() {
    if (interval.isZero()) {
      look();
    }
    List<?> components =
        checks.keySet().stream()
            .map(name -> component(name, errors.getOrDefault(name, Optional.of(UNSEEN))))
            .toList();
    boolean well =
        checks.keySet().stream()
            .allMatch(name -> errors.getOrDefault(name, Optional.of("")).isEmpty());
    return Answer.json(Map.of("status", well ? "healthy" : "unhealthy", "components", components));
  }

  private static Object component(String name, Optional<String> error) {
    var shown =
        Json.object().put("name", name).put("status", error.isEmpty() ? "healthy" : "unhealthy");
    error.ifPresent(text -> shown.put("error", text));
    return shown;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
