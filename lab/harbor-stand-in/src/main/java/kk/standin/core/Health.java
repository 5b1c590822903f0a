package kk.standin.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
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
    boolean well = checks.keySet().stream().allMatch(name -> error(name).isEmpty());
    ObjectNode shown = Json.object().put("status", word(well));
    ArrayNode components = shown.putArray("components");
    for (String name : checks.keySet()) {
      ObjectNode component = components.addObject().put("name", name);
      component.put("status", word(error(name).isEmpty()));
      error(name).ifPresent(text -> component.put("error", text));
    }
    return Answer.json(shown);
  }

  private Optional<String> error(String component) {
    return errors.getOrDefault(component, Optional.of(UNSEEN));
  }

  private static String word(boolean well) {
    return well ? "healthy" : "unhealthy";
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
