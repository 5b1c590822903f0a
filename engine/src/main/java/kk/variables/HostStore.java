package kk.variables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kk.spi.NewVariables;

/// What a run has found out about one host and set for it. Each kind of it is a layer that is
/// replaced as a whole when something is stored: tasks read much more often than they store.
public final class HostStore {
  private static final String PREFIX = "ansible_";

  private final AtomicLong changes = new AtomicLong();
  private final String host;
  private final boolean injectsFacts;
  private final Optional<FactCache> cache;
  private Map<String, Object> facts;
  private Map<String, Object> set = Map.of();
  private boolean setsTemplates;
  private volatile Layer factLayer;
  private volatile Layer setLayer;
  private volatile Layer included = Layer.trusted("include_vars", Map.of());
  private volatile Layer registered = Layer.data("register", Map.of());

  /// A store that begins with the facts that an earlier run has kept.
  ///
  /// @param injectsFacts whether facts are variables under their own names too
  HostStore(String host, boolean injectsFacts, Optional<FactCache> cache) {
    this.host = host;
    this.injectsFacts = injectsFacts;
    this.cache = cache;
    this.facts = cache.map(from -> from.read(host)).orElse(Map.of());
    this.factLayer = factLayer();
    this.setLayer = setLayer();
  }

  /// How often something has been stored; who holds a view of the variables sees when it is old.
  public long changes() {
    return changes.get();
  }

  /// Stores what a task has found out or sets.
  public synchronized void store(NewVariables variables) {
    changes.incrementAndGet();
    switch (variables.level()) {
      case FACTS -> keep(variables.values());
      case INCLUDED ->
          included = Layer.trusted(included.origin(), with(included.values(), variables.values()));
      case SET -> set(variables.values());
      case CACHED -> {
        set(variables.values());
        keep(variables.values());
      }
    }
  }

  private static Map<String, Object> with(Map<String, Object> before, Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(before);
    all.putAll(more);
    return all;
  }

  private static Map<String, Object> without(Map<String, Object> before, Set<String> names) {
    Map<String, Object> rest = new LinkedHashMap<>(before);
    rest.keySet().removeAll(names);
    return rest;
  }

  private void keep(Map<String, Object> values) {
    found(with(facts, values));
    cache.ifPresent(into -> into.write(host, facts));
  }

  private void found(Map<String, Object> all) {
    facts = all;
    factLayer = factLayer();
  }

  private void set(Map<String, Object> values) {
    if (!Collections.disjoint(registered.values().keySet(), values.keySet())) {
      registered = Layer.data(registered.origin(), without(registered.values(), values.keySet()));
    }
    set = with(set, values);
    setLayer = setLayer();
  }

  /// Gives variables that were just set the templates in them that `hostvars` had to leave.
  public synchronized void keepTemplates(NewVariables variables) {
    Map<String, Object> written = new LinkedHashMap<>();
    variables
        .values()
        .forEach(
            (name, value) -> {
              Object template = Lazy.asWritten(value);
              if (template != value) {
                written.put(name, template);
              }
            });
    if (!written.isEmpty()) {
      setsTemplates = true;
      set = with(set, written);
      setLayer = setLayer();
    }
  }

  /// Sets variables from the task of another host; mappings complete those that were set before.
  public synchronized void complete(Map<String, Object> values) {
    changes.incrementAndGet();
    Map<String, Object> completed = new LinkedHashMap<>();
    values.forEach((name, value) -> completed.put(name, Completion.of(set.get(name), value)));
    set(completed);
  }

  /// Keeps a task's result under the name its `register` gives.
  public synchronized void register(String name, Object result) {
    registered = Layer.data(registered.origin(), with(registered.values(), Map.of(name, result)));
    if (set.containsKey(name)) {
      set = without(set, Set.of(name));
      setLayer = setLayer();
    }
  }

  /// Whether facts of the host have been gathered.
  public synchronized boolean hasFacts() {
    return !facts.isEmpty();
  }

  /// Forgets the facts.
  public synchronized void clearFacts() {
    found(Map.of());
    cache.ifPresent(from -> from.forget(host));
  }

  Layer facts() {
    return factLayer;
  }

  Layer included() {
    return included;
  }

  Layer set() {
    return setLayer;
  }

  Layer registered() {
    return registered;
  }

  /// Facts as variables: under their own names, and without `ansible_` below `ansible_facts`.
  private Layer factLayer() {
    Map<String, Object> named = new LinkedHashMap<>();
    facts.forEach(
        (name, value) ->
            named.put(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, value));
    Map<String, Object> variables = new LinkedHashMap<>(injectsFacts ? facts : Map.of());
    variables.put("ansible_facts", Collections.unmodifiableMap(named));
    variables.put("ansible_local", named.getOrDefault("local", Map.of()));
    return Layer.data("facts of the host", variables);
  }

  private Layer setLayer() {
    return setsTemplates ? Layer.trusted("set_fact", set) : Layer.data("set_fact", set);
  }
}
