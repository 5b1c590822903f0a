package kk.variables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import kk.spi.NewVariables;

/// What a run has found out about one host and set for it. Written by the one thread that works on
/// the host, read by any.
public final class HostStore {
  private static final String PREFIX = "ansible_";

  private final AtomicLong changes = new AtomicLong();
  private final String host;
  private final Optional<FactCache> cache;
  private final Map<String, Object> facts = synchronizedMap();
  private final Map<String, Object> included = synchronizedMap();
  private final Map<String, Object> set = synchronizedMap();
  private final Map<String, Object> registered = synchronizedMap();
  private volatile boolean setsTemplates;

  /// A store that begins with the facts that an earlier run has kept.
  HostStore(String host, Optional<FactCache> cache) {
    this.host = host;
    this.cache = cache;
    cache.ifPresent(from -> facts.putAll(from.read(host)));
  }

  private static Map<String, Object> synchronizedMap() {
    return Collections.synchronizedMap(new LinkedHashMap<>());
  }

  /// How often something has been stored; who holds a view of the variables sees when it is old.
  public long changes() {
    return changes.get();
  }

  /// Stores what a task has found out or sets.
  public void store(NewVariables variables) {
    changes.incrementAndGet();
    switch (variables.level()) {
      case FACTS -> keep(variables);
      case INCLUDED -> included.putAll(variables.values());
      case SET -> set(variables);
      case CACHED -> {
        set(variables);
        keep(variables);
      }
    }
  }

  private void set(NewVariables variables) {
    set.putAll(variables.values());
    variables.values().keySet().forEach(registered::remove);
  }

  /// Gives variables that were just set the templates in them that `hostvars` had to leave.
  public void keepTemplates(NewVariables variables) {
    variables
        .values()
        .forEach(
            (name, value) -> {
              Object written = Lazy.asWritten(value);
              if (written != value) {
                setsTemplates = true;
                set.put(name, written);
              }
            });
  }

  /// Sets variables from the task of another host; mappings complete those that were set before.
  public void complete(Map<String, Object> values) {
    changes.incrementAndGet();
    values.forEach(
        (name, value) -> {
          registered.remove(name);
          set.compute(name, (_, before) -> Completion.of(before, value));
        });
  }

  private void keep(NewVariables variables) {
    facts.putAll(variables.values());
    cache.ifPresent(into -> into.write(host, copy(facts)));
  }

  /// Keeps a task's result under the name its `register` gives.
  public void register(String name, Object result) {
    registered.put(name, result);
    set.remove(name);
  }

  /// Whether facts of the host have been gathered.
  public boolean hasFacts() {
    return !facts.isEmpty();
  }

  public void clearFacts() {
    facts.clear();
    cache.ifPresent(from -> from.forget(host));
  }

  /// Facts as variables: under their own names, and without `ansible_` below `ansible_facts`.
  ///
  /// @param injects whether under their own names too
  Layer factLayer(boolean injects) {
    Map<String, Object> found = copy(facts);
    Map<String, Object> named = new LinkedHashMap<>();
    found.forEach(
        (name, value) ->
            named.put(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, value));
    Map<String, Object> variables = injects ? found : new LinkedHashMap<>();
    variables.put("ansible_facts", Collections.unmodifiableMap(named));
    variables.put("ansible_local", named.getOrDefault("local", Map.of()));
    return Layer.data("facts of the host", variables);
  }

  Layer includedLayer() {
    return Layer.trusted("include_vars", copy(included));
  }

  Layer setLayer() {
    Map<String, Object> values = copy(set);
    return setsTemplates ? Layer.trusted("set_fact", values) : Layer.data("set_fact", values);
  }

  Layer registeredLayer() {
    return Layer.data("register", copy(registered));
  }

  private static Map<String, Object> copy(Map<String, Object> map) {
    synchronized (map) {
      return new LinkedHashMap<>(map);
    }
  }
}
