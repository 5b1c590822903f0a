package kk.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Source;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;

/// Reads what an inventory program answers: groups with `hosts`, `children` and `vars`, or just a
/// list of hosts; `_meta.hostvars` with the variables of hosts.
final class DynamicInventory {
  private final InventoryBuilder inventory;
  private final Problems problems;

  DynamicInventory(InventoryBuilder inventory, Problems problems) {
    this.inventory = inventory;
    this.problems = problems;
  }

  /// Reads an answer.
  ///
  /// @param asked gives the variables of a host as JSON, for a program without `_meta`
  void read(YamlNode answer, Function<String, String> asked) {
    if (!(answer instanceof YamlNode.Mapping mapping)) {
      problems.add(Problem.of("inventory-form", answer.at(), "the answer has to be a JSON object"));
      return;
    }
    Optional<YamlNode> meta = mapping.find("_meta");
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!entry.key().text().equals("_meta")) {
        group(entry.key(), entry.value());
      }
    }
    Optional<YamlNode.Mapping> variables =
        meta.filter(YamlNode.Mapping.class::isInstance)
            .flatMap(found -> ((YamlNode.Mapping) found).find("hostvars"))
            .filter(YamlNode.Mapping.class::isInstance)
            .map(YamlNode.Mapping.class::cast);
    for (String host : List.copyOf(inventory.hostNames())) {
      Optional<YamlNode> own =
          meta.isPresent()
              ? variables.flatMap(all -> all.find(host))
              : YamlReader.read(new Source("--host " + host, asked.apply(host)), problems);
      if (own.orElse(null) instanceof YamlNode.Mapping vars) {
        inventory.addHost(host, vars.at(), vars.value(Template::orText));
      }
    }
  }

  private void group(YamlNode.Scalar name, YamlNode value) {
    List<String> hosts = new ArrayList<>();
    List<String> children = new ArrayList<>();
    Map<String, Object> vars = Map.of();
    switch (value) {
      case YamlNode.Listing list -> hosts.addAll(texts(list));
      case YamlNode.Mapping group -> {
        group.find("hosts").ifPresent(list -> hosts.addAll(texts(list)));
        group.find("children").ifPresent(list -> children.addAll(texts(list)));
        if (group.find("vars").orElse(null) instanceof YamlNode.Mapping own) {
          vars = own.value(Template::orText);
        }
      }
      case YamlNode.Scalar nothing -> {}
    }
    hosts.forEach(host -> inventory.addHost(host, name.at(), Map.of()));
    inventory.addGroup(name.text(), name.at(), hosts, children, vars);
    for (String child : children) {
      if (!inventory.hasGroup(child)) {
        inventory.addGroup(child, name.at(), List.of(), List.of(), Map.of());
      }
    }
  }

  private static List<String> texts(YamlNode list) {
    List<String> texts = new ArrayList<>();
    if (list instanceof YamlNode.Listing listing) {
      for (YamlNode item : listing.items()) {
        if (item instanceof YamlNode.Scalar text) {
          texts.add(text.text());
        }
      }
    }
    return texts;
  }
}
