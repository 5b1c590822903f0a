package kk.variables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import kk.spi.NewVariables;

/// What a run has found out about one host and set for it. Written by the one thread that works on
/// the host, read by any.
public final class HostStore {
  private final Map<String, Object> facts = synchronizedMap();
  private final Map<String, Object> included = synchronizedMap();
  private final Map<String, Object> set = synchronizedMap();
  private final Map<String, Object> registered = synchronizedMap();

  private static Map<String, Object> synchronizedMap() {
    return Collections.synchronizedMap(new LinkedHashMap<>());
  }

  /// Facts under their short names.
  public Map<String, Object> facts() {
    return facts;
  }

  public void store(NewVariables variables) {
    Map<String, Object> target =
        switch (variables.level()) {
          case FACTS -> facts;
          case INCLUDED -> included;
          case SET -> set;
        };
    target.putAll(variables.values());
    if (variables.level() == NewVariables.Level.SET) {
      variables.values().keySet().forEach(registered::remove);
    }
  }

  /// Keeps a task's result under the name its `register` gives.
  public void register(String name, Object result) {
    registered.put(name, result);
    set.remove(name);
  }

  public void clearFacts() {
    facts.clear();
  }

  /// Facts as variables: `ansible_facts.x`, and `ansible_x` beside it.
  Layer factLayer() {
    Map<String, Object> injected = new LinkedHashMap<>();
    synchronized (facts) {
      facts.forEach(
          (name, value) ->
              injected.put(name.startsWith("ansible_") ? name : "ansible_" + name, value));
      injected.put("ansible_facts", Collections.unmodifiableMap(new LinkedHashMap<>(facts)));
    }
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
