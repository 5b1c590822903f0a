package kk.variables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import kk.spi.NewVariables;

/// What a run has found out about one host and set for it. Written by the one thread that works on
/// the host, read by any.
public final class HostStore {
  private static final String PREFIX = "ansible_";

  private final Map<String, Object> facts = synchronizedMap();
  private final Map<String, Object> included = synchronizedMap();
  private final Map<String, Object> set = synchronizedMap();
  private final Map<String, Object> registered = synchronizedMap();

  private static Map<String, Object> synchronizedMap() {
    return Collections.synchronizedMap(new LinkedHashMap<>());
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

  /// Facts as variables: under their own names, and without `ansible_` below `ansible_facts`.
  Layer factLayer() {
    Map<String, Object> injected = copy(facts);
    Map<String, Object> named = new LinkedHashMap<>();
    injected.forEach(
        (name, value) ->
            named.put(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, value));
    injected.put("ansible_facts", Collections.unmodifiableMap(named));
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
