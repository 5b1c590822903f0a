package kk.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import kk.spi.Connector;
import kk.spi.Module;
import kk.spi.RunAs;
import kk.spi.TemplateFilter;

/// Which modules, connectors and filters there are: those that `META-INF/services` lists.
public final class Installed {
  private final SortedMap<String, Module<?>> modules = new TreeMap<>();
  private final SortedMap<String, Connector> connectors = new TreeMap<>();
  private final List<TemplateFilter> filters = new ArrayList<>();
  private final Map<Class<? extends Record>, ArgumentSchema<?>> schemas = new ConcurrentHashMap<>();

  public Installed(
      Iterable<? extends Module<?>> modules,
      Iterable<Connector> connectors,
      Iterable<TemplateFilter> filters) {
    modules.forEach(module -> this.modules.put(module.name(), module));
    connectors.forEach(connector -> this.connectors.put(connector.name(), connector));
    filters.forEach(this.filters::add);
  }

  /// Everything on the class path.
  @SuppressWarnings("rawtypes")
  public static Installed onClassPath() {
    List<Module<?>> modules = new ArrayList<>();
    for (Module module : ServiceLoader.load(Module.class)) {
      modules.add(module);
    }
    return new Installed(
        modules, ServiceLoader.load(Connector.class), ServiceLoader.load(TemplateFilter.class));
  }

  public Optional<Module<?>> module(String name) {
    return Optional.ofNullable(modules.get(name));
  }

  public List<String> moduleNames() {
    return List.copyOf(modules.keySet());
  }

  public Optional<Connector> connector(String name) {
    return Optional.ofNullable(connectors.get(name));
  }

  public List<String> connectorNames() {
    return List.copyOf(connectors.keySet());
  }

  /// Ways to become another user.
  public List<String> becomeMethods() {
    return RunAs.METHODS;
  }

  public List<TemplateFilter> filters() {
    return filters;
  }

  /// The arguments of a module that is there.
  public ArgumentSchema<?> schema(String module) {
    return schema(
        module(module).orElseThrow(() -> new IllegalStateException("no module " + module)));
  }

  /// The arguments of a module.
  @SuppressWarnings("unchecked")
  public <A extends Record> ArgumentSchema<A> schema(Module<A> module) {
    return (ArgumentSchema<A>) schemas.computeIfAbsent(module.arguments(), ArgumentSchema::of);
  }
}
