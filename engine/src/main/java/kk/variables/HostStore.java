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
  private final AtomicLong changes = new AtomicLong();
  private final String host;
  private final Optional<FactCache> cache;
  private final Map<String, Object> facts = synchronizedMap();

  /// Variables that a task has put among the facts, under names of its own.
  private final Map<String, Object> cached = synchronizedMap();

  private final Map<String, Object> included = synchronizedMap();
  private final Map<String, Object> set = synchronizedMap();
  private final Map<String, Object> registered = synchronizedMap();

  HostStore(String host, Optional<FactCache> cache) {
    this.host = host;
    this.cache = cache;
  }

  /// Takes the facts that an earlier run has kept.
  void recall() {
    cache.ifPresent(
        from ->
            from.read(host)
                .forEach(
                    (name, value) -> {
                      if (name.startsWith("ansible_")) {
                        facts.put(name.substring("ansible_".length()), value);
                      } else {
                        cached.put(name, value);
                      }
                    }));
  }

  private void keep() {
    cache.ifPresent(
        into -> {
          Map<String, Object> all = new LinkedHashMap<>(copy(cached));
          copy(facts).forEach((name, value) -> all.put("ansible_" + name, value));
          into.write(host, all);
        });
  }

  private static Map<String, Object> synchronizedMap() {
    return Collections.synchronizedMap(new LinkedHashMap<>());
  }

  /// Facts under their short names.
  public Map<String, Object> facts() {
    return facts;
  }

  /// How often something has been stored; who holds a view of the variables sees when it is old.
  public long changes() {
    return changes.get();
  }

  public void store(NewVariables variables) {
    changes.incrementAndGet();
    Map<String, Object> target =
        switch (variables.level()) {
          case FACTS -> facts;
          case INCLUDED -> included;
          case SET, CACHED -> set;
        };
    target.putAll(variables.values());
    switch (variables.level()) {
      case FACTS -> keep();
      case INCLUDED -> {}
      case SET -> variables.values().keySet().forEach(registered::remove);
      case CACHED -> {
        variables.values().keySet().forEach(registered::remove);
        cached.putAll(variables.values());
        keep();
      }
    }
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
    cached.clear();
    cache.ifPresent(from -> from.forget(host));
  }

  /// Facts as variables: `ansible_facts.x`, and `ansible_x` beside it.
  ///
  /// @param injects whether beside it
  Layer factLayer(boolean injects) {
    Map<String, Object> found = copy(facts);
    Map<String, Object> own = copy(cached);
    Map<String, Object> injected = new LinkedHashMap<>();
    if (injects) {
      found.forEach(
          (name, value) ->
              injected.put(name.startsWith("ansible_") ? name : "ansible_" + name, value));
      injected.putAll(own);
    }
    Map<String, Object> all = new LinkedHashMap<>(found);
    all.putAll(own);
    injected.put("ansible_facts", Collections.unmodifiableMap(all));
    injected.putIfAbsent("ansible_local", found.getOrDefault("local", Map.of()));
    return Layer.data("facts of the host", injected);
  }

  Layer includedLayer() {
    return Layer.trusted("include_vars", copy(included));
  }

  Layer setLayer() {
    return Layer.data("set_fact", copy(set));
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
