package kk.variables;

import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kk.inventory.Host;
import kk.template.Omit;
import org.jspecify.annotations.Nullable;

/// The variables that tell about the inventory and other hosts.
final class MagicVariables {
  private MagicVariables() {}

  /// What is so wherever the host is.
  static Map<String, Object> of(Host host, List<String> groupNames, Map<String, Object> groups) {
    Map<String, Object> magic = new LinkedHashMap<>();
    magic.put("inventory_hostname", host.name());
    magic.put("inventory_hostname_short", host.name().split("\\.", 2)[0]);
    magic.put("group_names", groupNames);
    magic.put("groups", groups);
    magic.put("omit", Omit.OMIT);
    if (host.at().line() > 0) {
      Path file = Path.of(host.at().source().name()).toAbsolutePath().normalize();
      magic.put("inventory_file", file.toString());
      magic.put("inventory_dir", String.valueOf(file.getParent()));
    }
    return magic;
  }

  /// What a host sees of the others.
  ///
  /// @param ofOthers what of the place that it is at
  static Map<String, Object> hostvars(VariableStore store, VariableStore.Context ofOthers) {
    return new HostVars(store, ofOthers);
  }

  /// The variables of every host by name, each made when somebody asks.
  private static final class HostVars extends AbstractMap<String, Object> {
    private final VariableStore store;
    private final VariableStore.Context context;
    private final Map<String, Object> views = new LinkedHashMap<>();

    HostVars(VariableStore store, VariableStore.Context context) {
      this.store = store;
      this.context = context;
    }

    @Override
    public boolean containsKey(Object name) {
      return store.inventory().find(String.valueOf(name)).isPresent();
    }

    @Override
    public @Nullable Object get(Object name) {
      return store
          .inventory()
          .find(String.valueOf(name))
          .map(
              host ->
                  views.computeIfAbsent(
                      host.name(), n -> new AllVariables(store.ofOther(host, context))))
          .orElse(null);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      List<Entry<String, Object>> entries = new ArrayList<>();
      for (Host host : store.inventory().hosts()) {
        entries.add(Map.entry(host.name(), java.util.Objects.requireNonNull(get(host.name()))));
      }
      return new Entries(entries);
    }
  }

  /// All variables of one host as a mapping.
  static final class AllVariables extends AbstractMap<String, Object> {
    private final HostVariables variables;

    AllVariables(HostVariables variables) {
      this.variables = variables;
    }

    @Override
    public boolean containsKey(Object name) {
      return variables.contains(String.valueOf(name));
    }

    @Override
    public @Nullable Object get(Object name) {
      return variables.get(String.valueOf(name));
    }

    @Override
    public Set<String> keySet() {
      return variables.names();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      List<Entry<String, Object>> entries = new ArrayList<>();
      for (String name : variables.names()) {
        entries.add(new SimpleImmutableEntry<>(name, variables.get(name)));
      }
      return new Entries(entries);
    }
  }

  /// Entries with different keys as a set that asks none of them for a hash: values lead back to
  /// `hostvars` without end.
  private static final class Entries extends AbstractSet<Map.Entry<String, Object>> {
    private final List<Map.Entry<String, Object>> entries;

    Entries(List<Map.Entry<String, Object>> entries) {
      this.entries = entries;
    }

    @Override
    public Iterator<Map.Entry<String, Object>> iterator() {
      return entries.iterator();
    }

    @Override
    public int size() {
      return entries.size();
    }
  }
}
