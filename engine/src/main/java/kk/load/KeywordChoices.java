package kk.load;

import java.util.ArrayList;
import java.util.List;
import kk.playbook.Keyword;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.yaml.YamlNode;

/// Checks the values of keywords that take one of a few words.
final class KeywordChoices {
  private static final List<String> STRATEGIES = List.of("linear", "free", "host_pinned");
  private static final List<String> ORDERS =
      List.of("inventory", "reverse_inventory", "sorted", "reverse_sorted", "shuffle");

  private final List<String> connections;
  private final List<String> becomeMethods;
  private final Checks checks;
  private final Problems problems;

  /// @param connectors names of connectors there are
  /// @param becomeMethods ways to become another user
  KeywordChoices(
      List<String> connectors, List<String> becomeMethods, Checks checks, Problems problems) {
    this.connections = new ArrayList<>(connectors);
    // what Ansible has several connections for
    this.connections.addAll(List.of("smart", "paramiko"));
    this.becomeMethods = becomeMethods;
    this.checks = checks;
    this.problems = problems;
  }

  /// @param text what it says, which is no template
  void check(Keyword keyword, YamlNode.Scalar scalar, String text) {
    if (keyword == Keyword.STRATEGY) {
      oneOf(scalar, STRATEGIES, ModuleCallReader.shortName(text), "strategy");
      return;
    }
    if (checks == Checks.WHEN_REACHED || text.isEmpty()) {
      return;
    }
    switch (keyword) {
      case ORDER -> oneOf(scalar, ORDERS, text, "order");
      case CONNECTION -> oneOf(scalar, connections, ModuleCallReader.shortName(text), "connection");
      case BECOME_METHOD ->
          oneOf(scalar, becomeMethods, ModuleCallReader.shortName(text), "become_method");
      default -> {}
    }
  }

  private void oneOf(YamlNode.Scalar scalar, List<String> known, String name, String what) {
    if (!known.contains(name) && !scalar.isNull()) {
      problems.add(
          Problem.of("wrong-value", scalar.at(), "there is no " + what + " `" + name + "`")
              .note("there are: " + String.join(", ", known))
              .suggest(name, known));
    }
  }
}
