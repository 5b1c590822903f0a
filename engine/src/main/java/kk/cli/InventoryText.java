package kk.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kk.inventory.Group;
import kk.inventory.Host;
import kk.inventory.Inventory;
import kk.playbook.Template;
import kk.template.Json;
import kk.template.Printing;
import kk.template.YamlText;
import kk.vault.Encrypted;
import org.jspecify.annotations.Nullable;

/// An inventory as text, in the forms of `ansible-inventory`: JSON as inventory programs print it,
/// YAML, a tree. Templates stay as they are written, and encrypted values encrypted.
public final class InventoryText {
  private final Inventory inventory;
  private final boolean exports;

  /// Texts of an inventory.
  ///
  /// @param exports whether variables stay with the group that has them, instead of being put
  ///     together for each host
  public InventoryText(Inventory inventory, boolean exports) {
    this.inventory = inventory;
    this.exports = exports;
  }

  /// Values as JSON, keys in alphabetical order.
  public static String json(@Nullable Object value) {
    return new Json(4, true, true, ",", ": ").write(value);
  }

  /// Values as YAML, keys in alphabetical order.
  public static String yaml(@Nullable Object value) {
    return YamlText.block(2).write(value);
  }

  /// Groups and, under `_meta`, the variables of hosts.
  public Map<String, Object> list() {
    Map<String, Object> hosts = new TreeMap<>();
    for (Host host : inventory.hosts()) {
      Map<String, Object> vars = variables(host);
      if (!vars.isEmpty()) {
        hosts.put(host.name(), vars);
      }
    }
    Map<String, Object> all = new TreeMap<>();
    all.put("_meta", Map.of("hostvars", hosts));
    addTo(all, Inventory.ALL, new LinkedHashSet<>());
    return all;
  }

  private void addTo(Map<String, Object> all, String name, Set<String> seen) {
    if (!seen.add(name)) {
      return;
    }
    Map<String, Object> group = new TreeMap<>();
    List<String> members = name.equals(Inventory.ALL) ? List.of() : members(name);
    if (!members.isEmpty()) {
      group.put("hosts", members);
    }
    List<String> children = children(name);
    if (!children.isEmpty()) {
      group.put("children", children);
    }
    if (exports && !variables(name).isEmpty()) {
      group.put("vars", variables(name));
    }
    if (!group.isEmpty()) {
      all.put(name, group);
    }
    children.forEach(child -> addTo(all, child, seen));
  }

  /// Groups within groups, as an inventory in YAML has them.
  public Map<String, Object> nested() {
    return Map.of(Inventory.ALL, nested(Inventory.ALL, new LinkedHashSet<>()));
  }

  private Map<String, Object> nested(String name, Set<String> told) {
    Map<String, Object> group = new TreeMap<>();
    Map<String, Object> hosts = new TreeMap<>();
    for (String member : name.equals(Inventory.ALL) ? List.<String>of() : members(name)) {
      Host host = inventory.find(member).orElseThrow();
      hosts.put(member, told.add(member) ? variables(host) : Map.of());
    }
    if (!hosts.isEmpty()) {
      group.put("hosts", hosts);
    }
    Map<String, Object> children = new TreeMap<>();
    children(name).forEach(child -> children.put(child, nested(child, told)));
    if (!children.isEmpty()) {
      group.put("children", children);
    }
    if (exports && !variables(name).isEmpty()) {
      group.put("vars", variables(name));
    }
    return group;
  }

  /// A tree of groups and hosts below a group.
  ///
  /// @param withVariables whether variables are part of it
  public String graph(String name, boolean withVariables) {
    StringBuilder out = new StringBuilder("@" + name + ":\n");
    graph(out, name, 1, withVariables);
    return out.toString();
  }

  private void graph(StringBuilder out, String name, int depth, boolean withVariables) {
    for (String child : children(name)) {
      line(out, depth, "@" + child + ":");
      graph(out, child, depth + 1, withVariables);
    }
    for (String member : name.equals(Inventory.ALL) ? List.<String>of() : members(name)) {
      line(out, depth, member);
      if (withVariables) {
        tell(out, depth + 1, variables(inventory.find(member).orElseThrow()));
      }
    }
    if (withVariables) {
      tell(out, depth, variables(name));
    }
  }

  private static void tell(StringBuilder out, int depth, Map<String, Object> variables) {
    new TreeMap<>(variables)
        .forEach((key, value) -> line(out, depth, "{" + key + " = " + Printing.text(value) + "}"));
  }

  private static void line(StringBuilder out, int depth, String text) {
    out.append("  ").append("|  ".repeat(depth - 1)).append("|--").append(text).append('\n');
  }

  /// All variables of a host, or its own alone.
  public Map<String, Object> variables(Host host) {
    Map<String, Object> vars = new LinkedHashMap<>();
    if (!exports) {
      inventory.groupVars(host).forEach(group -> vars.putAll(group.values()));
    }
    vars.putAll(host.vars());
    return written(vars);
  }

  private Map<String, Object> variables(String group) {
    return find(group).map(Group::vars).map(InventoryText::written).orElse(Map.of());
  }

  private java.util.Optional<Group> find(String name) {
    return inventory.groups().stream().filter(group -> group.name().equals(name)).findFirst();
  }

  private List<String> members(String name) {
    return name.equals(Inventory.UNGROUPED)
        ? inventory.hostsOf(name).stream().map(Host::name).toList()
        : find(name).map(Group::hosts).orElse(List.of());
  }

  /// The groups right below a group; below `all` are those that are in no other.
  private List<String> children(String name) {
    if (!name.equals(Inventory.ALL)) {
      return find(name).map(Group::children).orElse(List.of());
    }
    Set<String> below = new LinkedHashSet<>();
    for (Group group : inventory.groups()) {
      if (!group.name().equals(Inventory.ALL)) {
        below.addAll(group.children());
      }
    }
    List<String> top = new ArrayList<>(inventory.groupNames());
    top.removeAll(below);
    top.remove(Inventory.ALL);
    return top;
  }

  private static Map<String, Object> written(Map<String, Object> vars) {
    Map<String, Object> written = new TreeMap<>();
    vars.forEach((key, value) -> written.put(key, written(value)));
    return written;
  }

  /// A value as somebody wrote it.
  static @Nullable Object written(@Nullable Object value) {
    return switch (value) {
      case Template template -> template.text();
      case Encrypted encrypted -> Map.of("__ansible_vault", encrypted.text());
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, entry) -> copy.put(key, written(entry)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(written(item)));
        yield copy;
      }
      case null -> null;
      default -> value;
    };
  }
}
