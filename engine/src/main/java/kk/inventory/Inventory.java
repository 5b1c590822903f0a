package kk.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.source.PlacedMap;
import kk.source.Source;
import kk.source.Span;

/// Hosts and groups, always in the order in which they are written. `all` and `ungrouped` are
/// always there; `localhost` is known without being written, but then belongs to no group.
public final class Inventory {
  public static final String ALL = "all";
  public static final String UNGROUPED = "ungrouped";
  public static final String LOCALHOST = "localhost";

  private final Map<String, Host> hosts;
  private final Map<String, Group> groups;

  /// Variables of groups that aren't there yet.
  private final Map<String, Map<Group.Place, Map<String, Object>>> waiting;
  private final Host localhost =
      new Host(LOCALHOST, Span.whole(new Source("implicit localhost", "")), Map.of());

  Inventory(
      Map<String, Host> hosts,
      Map<String, Group> groups,
      Map<String, Map<Group.Place, Map<String, Object>>> waiting) {
    this.waiting = new LinkedHashMap<>(waiting);
    this.hosts = new LinkedHashMap<>(hosts);
    this.groups = new LinkedHashMap<>(groups);
  }

  /// An inventory without a single host but the implicit one.
  public static Inventory empty() {
    return new Inventory(Map.of(), Map.of(), Map.of());
  }

  public List<Host> hosts() {
    return List.copyOf(hosts.values());
  }

  Map<String, Map<Group.Place, Map<String, Object>>> waiting() {
    return waiting;
  }

  public Collection<Group> groups() {
    return groups.values();
  }

  /// The names of all groups, `all` and `ungrouped` among them.
  public Set<String> groupNames() {
    Set<String> names = new LinkedHashSet<>(List.of(ALL, UNGROUPED));
    names.addAll(groups.keySet());
    return names;
  }

  /// The host of that name; `localhost` even when nobody wrote it.
  public Optional<Host> find(String name) {
    Host host = hosts.get(name);
    if (host != null) {
      return Optional.of(host);
    }
    return name.equals(LOCALHOST) || name.equals("127.0.0.1") || name.equals("::1")
        ? Optional.of(localhost)
        : Optional.empty();
  }

  /// The hosts of a group and of all groups below it; empty when there is no such group.
  public List<Host> hostsOf(String group) {
    if (group.equals(ALL)) {
      return hosts();
    }
    if (group.equals(UNGROUPED)) {
      return hosts().stream().filter(host -> groupsOf(host).size() == 1).toList();
    }
    Set<String> names = new LinkedHashSet<>();
    collect(group, names, new LinkedHashSet<>());
    return names.stream().<Host>mapMulti((name, sink) -> find(name).ifPresent(sink)).toList();
  }

  private void collect(String name, Set<String> names, Set<String> seen) {
    Group group = groups.get(name);
    if (group == null || !seen.add(name)) {
      return;
    }
    names.addAll(group.hosts());
    group.children().forEach(child -> collect(child, names, seen));
  }

  /// The groups a host is in, those whose variables count least first: `all`, then parents before
  /// children, then by `ansible_group_priority`, then by name.
  public List<Group> groupsOf(Host host) {
    List<Group> mine = new ArrayList<>();
    for (Group group : groups.values()) {
      if (!group.name().equals(ALL) && hostsOf(group.name()).contains(host)) {
        mine.add(group);
      }
    }
    mine.sort(this::compare);
    mine.addFirst(
        groups.getOrDefault(ALL, new Group(ALL, host.at(), List.of(), List.of(), Map.of())));
    return mine;
  }

  private int compare(Group one, Group other) {
    int depth = Integer.compare(depth(one.name(), 0), depth(other.name(), 0));
    int priority = depth != 0 ? depth : Long.compare(priority(one), priority(other));
    return priority != 0 ? priority : one.name().compareTo(other.name());
  }

  /// Variables that a host has of a group.
  public record GroupVars(String group, Map<String, Object> values) {}

  /// The variables a host has of its groups, those that count least first: what the inventory says
  /// of all of them, then what is beside it and beside the playbook for `all`, then for the others.
  public List<GroupVars> groupVars(Host host) {
    List<Group> groups = groupsOf(host);
    List<Group> all = groups.subList(0, 1);
    List<Group> others = groups.subList(1, groups.size());
    List<GroupVars> vars = new ArrayList<>(of(groups, Group.Place.INVENTORY));
    vars.addAll(of(all, Group.Place.BESIDE_INVENTORY));
    vars.addAll(of(all, Group.Place.BESIDE_PLAYBOOK));
    vars.addAll(of(others, Group.Place.BESIDE_INVENTORY));
    vars.addAll(of(others, Group.Place.BESIDE_PLAYBOOK));
    return vars;
  }

  private static List<GroupVars> of(List<Group> groups, Group.Place place) {
    return groups.stream()
        .filter(group -> !group.vars(place).isEmpty())
        .map(group -> new GroupVars(group.name(), group.vars(place)))
        .toList();
  }

  /// The same with one more host, or one that is there in more groups and with more variables.
  ///
  /// @param inGroups made when they aren't there
  public Inventory withHost(Host host, List<String> inGroups) {
    Map<String, Host> moreHosts = new LinkedHashMap<>(hosts);
    Host earlier = hosts.get(host.name());
    Map<String, Object> vars = new PlacedMap();
    if (earlier != null) {
      vars.putAll(earlier.vars());
    }
    vars.putAll(host.vars());
    moreHosts.put(host.name(), new Host(host.name(), host.at(), vars));
    Map<String, Group> moreGroups = new LinkedHashMap<>(groups);
    for (String group : inGroups) {
      if (!group.equals(ALL)) {
        addMember(moreGroups, group, host);
      }
    }
    return new Inventory(moreHosts, moreGroups, waiting);
  }

  /// The same with a host in a group, made when it isn't there.
  ///
  /// @param parents groups that the group belongs to
  public Inventory withMember(Host host, String group, List<String> parents) {
    Map<String, Group> more = new LinkedHashMap<>(groups);
    addMember(more, group, host);
    for (String parent : parents) {
      if (!parent.equals(ALL)) {
        Group earlier = more.getOrDefault(parent, empty(parent, host));
        more.put(
            parent,
            new Group(
                parent,
                earlier.at(),
                earlier.hosts(),
                grown(earlier.children(), group, more),
                earlier.varsByPlace()));
      }
    }
    return new Inventory(hosts, more, waiting);
  }

  /// Children with one more, which stands before those whose first host comes later.
  private List<String> grown(List<String> children, String group, Map<String, Group> all) {
    if (children.contains(group)) {
      return children;
    }
    List<String> grown = new ArrayList<>(children);
    int place = grown.size();
    while (place > 0 && firstHost(grown.get(place - 1), all) > firstHost(group, all)) {
      place--;
    }
    grown.add(place, group);
    return grown;
  }

  private int firstHost(String group, Map<String, Group> all) {
    List<String> order = List.copyOf(hosts.keySet());
    Group found = all.get(group);
    return found == null
        ? order.size()
        : found.hosts().stream().mapToInt(order::indexOf).min().orElse(order.size());
  }

  private void addMember(Map<String, Group> groups, String name, Host host) {
    Group earlier = groups.getOrDefault(name, empty(name, host));
    groups.put(
        name,
        new Group(
            name,
            earlier.at(),
            joined(earlier.hosts(), host.name()),
            earlier.children(),
            earlier.varsByPlace()));
  }

  private Group empty(String name, Host by) {
    return new Group(name, by.at(), List.of(), List.of(), waiting.getOrDefault(name, Map.of()));
  }

  /// Members with one more, which stands where the inventory has it: hosts join in the order in
  /// which their tasks end, and that is left to chance.
  private List<String> joined(List<String> members, String name) {
    if (members.contains(name)) {
      return members;
    }
    List<String> order = List.copyOf(hosts.keySet());
    int place = order.indexOf(name);
    List<String> more = new ArrayList<>(members);
    int at = members.size();
    while (place >= 0 && at > 0 && order.indexOf(members.get(at - 1)) > place) {
      at--;
    }
    more.add(at, name);
    return List.copyOf(more);
  }

  /// How far below `all` a group is, by the longest way.
  private int depth(String group, int steps) {
    int deepest = 1;
    if (steps < groups.size()) {
      for (Group parent : groups.values()) {
        if (parent.children().contains(group) && !parent.name().equals(ALL)) {
          deepest = Math.max(deepest, depth(parent.name(), steps + 1) + 1);
        }
      }
    }
    return deepest;
  }

  private static long priority(Group group) {
    return group.vars().get("ansible_group_priority") instanceof Long priority ? priority : 1;
  }
}
