package kk.load;

import java.util.List;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.yaml.YamlNode;

/// Looks at what is written under `vars_prompt`, before anybody is asked anything.
final class PromptCheck {
  private static final List<String> KEYS =
      List.of(
          "name",
          "prompt",
          "default",
          "private",
          "confirm",
          "encrypt",
          "salt",
          "salt_size",
          "unsafe");

  private PromptCheck() {}

  static void check(YamlNode written, Problems problems) {
    switch (written) {
      case YamlNode.Listing list -> list.items().forEach(item -> checkEntry(item, problems));
      case YamlNode.Scalar nothing when nothing.isNull() -> {}
      case YamlNode.Scalar _, YamlNode.Mapping _ -> checkEntry(written, problems);
    }
  }

  private static void checkEntry(YamlNode item, Problems problems) {
    if (!(item instanceof YamlNode.Mapping entry) || entry.find("name").isEmpty()) {
      problems.add(Problem.of("wrong-form", item.at(), "an entry of `vars_prompt` has no `name`"));
      return;
    }
    for (YamlNode.Scalar key : entry.entries().stream().map(YamlNode.Entry::key).toList()) {
      if (!KEYS.contains(key.text())) {
        problems.add(
            Problem.of(
                    "wrong-form",
                    key.at(),
                    "an entry of `vars_prompt` has no key `" + key.text() + "`")
                .suggest(key.text(), KEYS));
      }
    }
  }
}
