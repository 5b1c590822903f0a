package kk.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Span;
import kk.yaml.YamlNode;

/// Reads inventories written in YAML: documents of `kind: Inventory`, and Ansible's form.
final class YamlInventory {
  private static final List<String> DOCUMENT_KEYS =
      List.of("apiVersion", "kind", "metadata", "spec");
  private static final List<String> SPEC_KEYS = List.of("hosts", "groups", "vars");
  private static final List<String> GROUP_KEYS = List.of("hosts", "groups", "vars");
  private static final List<String> ANSIBLE_GROUP_KEYS = List.of("hosts", "children", "vars");

  private final InventoryBuilder inventory;
  private final Problems problems;

  YamlInventory(InventoryBuilder inventory, Problems problems) {
    this.inventory = inventory;
    this.problems = problems;
  }

  void read(YamlNode document) {
    if (!(document instanceof YamlNode.Mapping mapping)) {
      problems.add(Problem.of("inventory-form", document.at(), "an inventory has to be a mapping"));
    } else if (mapping.find("kind").isPresent()) {
      readKindInventory(mapping);
    } else {
      for (YamlNode.Entry entry : mapping.entries()) {
        readAnsibleGroup(entry.key(), entry.value());
      }
    }
  }

  private void readKindInventory(YamlNode.Mapping document) {
    allowOnly(document, DOCUMENT_KEYS);
    YamlNode kind = document.find("kind").orElseThrow();
    if (!(kind instanceof YamlNode.Scalar text) || !text.text().equals("Inventory")) {
      problems.add(
          Problem.of("inventory-form", kind.at(), "this document is not of `kind: Inventory`"));
      return;
    }
    Optional<YamlNode.Mapping> spec = mapping(document, "spec");
    if (spec.isEmpty()) {
      problems.add(Problem.of("inventory-form", document.at(), "the inventory has no `spec`"));
      return;
    }
    allowOnly(spec.get(), SPEC_KEYS);
    mapping(spec.get(), "hosts")
        .ifPresent(all -> all.entries().forEach(entry -> addHost(entry.key(), entry.value())));
    mapping(spec.get(), "vars")
        .ifPresent(
            vars -> inventory.addGroup(Inventory.ALL, vars.at(), List.of(), List.of(), vars(vars)));
    mapping(spec.get(), "groups")
        .ifPresent(
            all -> {
              all.entries().forEach(entry -> readGroup(entry.key(), entry.value()));
              checkMembers(all);
            });
  }

  private void readGroup(YamlNode.Scalar name, YamlNode value) {
    if (isNull(value)) {
      inventory.addGroup(name.text(), name.at(), List.of(), List.of(), Map.of());
      return;
    }
    if (!(value instanceof YamlNode.Mapping group)) {
      problems.add(expected(name, value));
      return;
    }
    allowOnly(group, GROUP_KEYS);
    inventory.addGroup(
        name.text(),
        name.at(),
        texts(group, "hosts").stream().map(YamlNode.Scalar::text).toList(),
        texts(group, "groups").stream().map(YamlNode.Scalar::text).toList(),
        mapping(group, "vars").map(YamlInventory::vars).orElse(Map.of()));
  }

  /// A group may only name hosts and groups that exist; `localhost` always does.
  private void checkMembers(YamlNode.Mapping allGroups) {
    for (YamlNode.Entry entry : allGroups.entries()) {
      if (!(entry.value() instanceof YamlNode.Mapping group)) {
        continue;
      }
      for (YamlNode.Scalar host : texts(group, "hosts")) {
        if (!inventory.hasHost(host.text())) {
          if (host.text().equals(Inventory.LOCALHOST)) {
            inventory.addHost(host.text(), host.at(), Map.of());
          } else {
            problems.add(
                Problem.of("unknown-host", host.at(), "there is no host `" + host.text() + "`")
                    .note("group " + entry.key().text() + " names it, `spec.hosts` doesn't")
                    .suggest(host.text(), inventory.hostNames()));
          }
        }
      }
      for (YamlNode.Scalar child : texts(group, "groups")) {
        if (!inventory.hasGroup(child.text())) {
          problems.add(
              Problem.of("unknown-group", child.at(), "there is no group `" + child.text() + "`")
                  .suggest(child.text(), inventory.groupNames()));
        }
      }
    }
  }

  private void readAnsibleGroup(YamlNode.Scalar name, YamlNode value) {
    if (isNull(value)) {
      inventory.addGroup(name.text(), name.at(), List.of(), List.of(), Map.of());
      return;
    }
    if (!(value instanceof YamlNode.Mapping group)) {
      problems.add(expected(name, value));
      return;
    }
    allowOnly(group, ANSIBLE_GROUP_KEYS);
    List<String> members = new ArrayList<>();
    mapping(group, "hosts")
        .ifPresent(
            all ->
                all.entries()
                    .forEach(
                        entry -> {
                          for (String host : HostRange.expand(entry.key().text())) {
                            members.add(host);
                            addHost(host, entry.key().at(), entry.value());
                          }
                        }));
    List<String> children = new ArrayList<>();
    mapping(group, "children")
        .ifPresent(
            all ->
                all.entries()
                    .forEach(
                        entry -> {
                          children.add(entry.key().text());
                          readAnsibleGroup(entry.key(), entry.value());
                        }));
    inventory.addGroup(
        name.text(),
        name.at(),
        members,
        children,
        mapping(group, "vars").map(YamlInventory::vars).orElse(Map.of()));
  }

  private void addHost(YamlNode.Scalar name, YamlNode value) {
    addHost(name.text(), name.at(), value);
  }

  private void addHost(String name, Span at, YamlNode value) {
    Map<String, Object> vars = Map.of();
    if (value instanceof YamlNode.Mapping mapping) {
      vars = vars(mapping);
    } else if (!isNull(value)) {
      problems.add(
          Problem.of(
              "inventory-form",
              value.at(),
              "the variables of host `" + name + "` have to be a mapping, not " + value.kind()));
    }
    inventory.addHost(name, at, vars);
  }

  private static Map<String, Object> vars(YamlNode.Mapping mapping) {
    return mapping.value(Template::orText);
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.isNull();
  }

  private Optional<YamlNode.Mapping> mapping(YamlNode.Mapping parent, String key) {
    Optional<YamlNode.Entry> entry = parent.entry(key).filter(found -> !isNull(found.value()));
    if (entry.isPresent() && !(entry.get().value() instanceof YamlNode.Mapping)) {
      problems.add(expected(entry.get().key(), entry.get().value()));
      return Optional.empty();
    }
    return entry.map(found -> (YamlNode.Mapping) found.value());
  }

  private List<YamlNode.Scalar> texts(YamlNode.Mapping parent, String key) {
    Optional<YamlNode> value = parent.find(key).filter(found -> !isNull(found));
    if (value.isPresent() && !(value.get() instanceof YamlNode.Listing)) {
      problems.add(
          Problem.of(
              "inventory-form",
              value.get().at(),
              "`" + key + "` has to be a list, not " + value.get().kind()));
      return List.of();
    }
    List<YamlNode.Scalar> texts = new ArrayList<>();
    value.ifPresent(
        list ->
            ((YamlNode.Listing) list)
                .items()
                .forEach(
                    item -> {
                      if (item instanceof YamlNode.Scalar text) {
                        texts.add(text);
                      } else {
                        problems.add(
                            Problem.of(
                                "inventory-form",
                                item.at(),
                                "a name is expected, not " + item.kind()));
                      }
                    }));
    return texts;
  }

  private void allowOnly(YamlNode.Mapping mapping, List<String> allowed) {
    for (YamlNode.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!allowed.contains(key)) {
        problems.add(
            Problem.of(
                    "unknown-key", entry.key().at(), "an inventory has no key `" + key + "` here")
                .note("there may be: " + String.join(", ", allowed))
                .suggest(key, allowed));
      }
    }
  }

  private static Problem expected(YamlNode.Scalar key, YamlNode value) {
    return Problem.of(
        "inventory-form",
        value.at(),
        "`" + key.text() + "` has to be a mapping, not " + value.kind());
  }
}
