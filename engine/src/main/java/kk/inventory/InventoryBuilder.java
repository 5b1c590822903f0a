package kk.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.source.PlacedMap;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// Hosts and groups as they are read; what is said twice adds up.
final class InventoryBuilder {
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();

  /// Variables of groups that aren't there yet: a task may make them.
  private final Map<String, Map<Group.Place, Map<String, Object>>> waiting = new LinkedHashMap<>();

  private final boolean mergesMappings;

  /// @param mergesMappings whether a mapping that is said twice completes the earlier one
  InventoryBuilder(boolean mergesMappings) {
    this.mergesMappings = mergesMappings;
  }

  static InventoryBuilder from(Inventory inventory, boolean mergesMappings) {
    InventoryBuilder builder = new InventoryBuilder(mergesMappings);
    inventory.hosts().forEach(host -> builder.hosts.put(host.name(), host));
    inventory.groups().forEach(group -> builder.groups.put(group.name(), group));
    builder.waiting.putAll(inventory.waiting());
    return builder;
  }

  Inventory build() {
    return new Inventory(hosts, groups, waiting);
  }

  boolean hasHost(String name) {
    return hosts.containsKey(name);
  }

  boolean hasGroup(String name) {
    return groups.containsKey(name);
  }

  Collection<String> hostNames() {
    return hosts.keySet();
  }

  Collection<String> groupNames() {
    return groups.keySet();
  }

  /// Adds what a file beside an inventory or a playbook says of a group; it is kept until there is
  /// such a group.
  void addGroupVars(String name, Span at, Group.Place place, Map<String, Object> vars) {
    Map<Group.Place, Map<String, Object>> more = Map.of(place, vars);
    if (groups.containsKey(name)
        || name.equals(Inventory.ALL)
        || name.equals(Inventory.UNGROUPED)) {
      addGroupAnywhere(name, at, List.of(), List.of(), more);
    } else {
      waiting.merge(name, more, this::union);
    }
  }

  void addHost(String name, Span at, Map<String, Object> vars) {
    Host earlier = hosts.get(name);
    hosts.put(
        name,
        earlier == null
            ? new Host(name, at, vars)
            : new Host(name, earlier.at(), over(earlier.vars(), vars)));
  }

  /// Adds a group, or what an inventory says of it besides.
  void addGroup(
      String name, Span at, List<String> members, List<String> children, Map<String, Object> vars) {
    addGroupAnywhere(name, at, members, children, Map.of(Group.Place.INVENTORY, vars));
  }

  private void addGroupAnywhere(
      String name,
      Span at,
      List<String> members,
      List<String> children,
      Map<Group.Place, Map<String, Object>> vars) {
    Group earlier =
        groups.getOrDefault(
            name, new Group(name, at, List.of(), List.of(), waiting.getOrDefault(name, Map.of())));
    groups.put(
        name,
        new Group(
            name,
            earlier.at(),
            union(earlier.hosts(), members),
            union(earlier.children(), children),
            union(earlier.varsByPlace(), vars)));
  }

  private Map<Group.Place, Map<String, Object>> union(
      Map<Group.Place, Map<String, Object>> first, Map<Group.Place, Map<String, Object>> second) {
    Map<Group.Place, Map<String, Object>> both = new EnumMap<>(Group.Place.class);
    both.putAll(first);
    second.forEach((place, vars) -> both.merge(place, vars, this::over));
    return both;
  }

  private static List<String> union(List<String> first, List<String> second) {
    List<String> both = new ArrayList<>(first);
    second.stream().filter(name -> !both.contains(name)).forEach(both::add);
    return List.copyOf(both);
  }

  private Map<String, Object> over(Map<String, Object> lower, Map<String, Object> higher) {
    PlacedMap both = new PlacedMap(lower);
    both.putAll(higher);
    if (mergesMappings) {
      both.replaceAll((name, value) -> merged(lower.get(name), value));
    }
    return both;
  }

  private static @Nullable Object merged(@Nullable Object lower, @Nullable Object higher) {
    if (!(lower instanceof Map<?, ?> below) || !(higher instanceof Map<?, ?> above)) {
      return higher;
    }
    Map<Object, @Nullable Object> both = new LinkedHashMap<>(below);
    above.forEach((key, value) -> both.put(key, merged(below.get(key), value)));
    return both;
  }
}
