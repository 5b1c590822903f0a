package kk.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.bind.ArgumentBinder;
import kk.playbook.Play;
import kk.playbook.Playbook;
import kk.playbook.Role;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Span;
import kk.vault.Vault;
import kk.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/// What the roles of a playbook may be configured with, as their `meta/argument_specs.yaml` says;
/// so that a wrong key or type is refused before any host is touched.
public final class ArgumentSpecs {
  private final Map<String, Option> options = new LinkedHashMap<>();

  /// One key.
  ///
  /// @param type str, bool, int, float, list, dict, path, raw
  /// @param choices values it may take; empty for any
  /// @param options the keys below it; empty for any
  public record Option(
      String type, String description, List<String> choices, Map<String, Option> options) {}

  /// Reads the specifications of all roles of a playbook.
  public static ArgumentSpecs of(Playbook playbook, Problems problems) {
    ArgumentSpecs specs = new ArgumentSpecs();
    Set<Role> roles = new LinkedHashSet<>();
    for (Play play : playbook.plays()) {
      collect(play.preTasks(), roles);
      collect(play.roles(), roles);
      collect(play.tasks(), roles);
      collect(play.postTasks(), roles);
    }
    roles.forEach(role -> specs.read(role, problems));
    return specs;
  }

  /// All keys that may be set.
  public Map<String, Option> options() {
    return options;
  }

  /// Checks one value that the user set.
  ///
  /// @param path keys from the outside in
  /// @param at where the first key stands
  public void check(List<String> path, @Nullable Object value, Span at, Problems problems) {
    Map<String, Option> known = options;
    for (int i = 0; i < path.size(); i++) {
      String key = path.get(i);
      Option option = known.get(key);
      if (option == null) {
        String shown = String.join(".", path.subList(0, i + 1));
        problems.add(
            Problem.of("unknown-setting", at, "there is no setting `" + shown + "`")
                .note(
                    i == 0
                        ? "settings stand in roles/*/meta/argument_specs.yaml"
                        : "there may be: " + String.join(", ", known.keySet()))
                .suggest(key, known.keySet()));
        return;
      }
      if (i == path.size() - 1) {
        checkValue(path, option, value, at, problems);
        return;
      }
      if (option.options().isEmpty()) {
        return;
      }
      known = option.options();
    }
  }

  private void checkValue(
      List<String> path, Option option, @Nullable Object value, Span at, Problems problems) {
    String shown = String.join(".", path);
    if (value == null || value instanceof Template) {
      return;
    }
    if (value instanceof Map<?, ?> map && !option.options().isEmpty()) {
      map.forEach(
          (key, inner) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(String.valueOf(key));
            check(deeper, inner, at, problems);
          });
      return;
    }
    boolean fits =
        switch (option.type()) {
          case "bool" -> ArgumentBinder.truth(value).isPresent();
          case "int" -> value instanceof Long || value.toString().matches("-?\\d+");
          case "float" -> value instanceof Number || value.toString().matches("-?\\d+(\\.\\d+)?");
          case "dict" -> value instanceof Map<?, ?>;
          case "list" -> value instanceof List<?>;
          case "str", "path" -> !(value instanceof Map<?, ?>) && !(value instanceof List<?>);
          default -> true;
        };
    if (!fits) {
      problems.add(
          Problem.of("wrong-setting", at, "`" + shown + "` takes " + words(option.type())));
    } else if (!option.choices().isEmpty() && !option.choices().contains(value.toString())) {
      problems.add(
          Problem.of("wrong-setting", at, "`" + shown + "` can't be `" + value + "`")
              .note("it takes: " + String.join(", ", option.choices()))
              .suggest(value.toString(), option.choices()));
    }
  }

  private static String words(String type) {
    return switch (type) {
      case "bool" -> "true or false";
      case "int" -> "a whole number";
      case "float" -> "a number";
      case "dict" -> "a mapping";
      case "list" -> "a list";
      default -> "text";
    };
  }

  private static void collect(List<Step> steps, Set<Role> roles) {
    for (Step step : steps) {
      switch (step) {
        case Step.UseRole use -> {
          if (roles.add(use.role())) {
            collect(List.copyOf(use.role().dependencies()), roles);
            collect(use.role().steps(), roles);
          }
        }
        case Step.Block block -> {
          collect(block.body(), roles);
          collect(block.rescue(), roles);
          collect(block.always(), roles);
        }
        case Step.Task task -> {}
        case Step.Meta meta -> {}
        case Step.IncludeTasks include -> {}
        case Step.IncludeRole include -> {}
      }
    }
  }

  private void read(Role role, Problems problems) {
    new SpecificationReader(new LoadFiles(Vault.CLOSED, problems))
        .entries(role.folder())
        .flatMap(ArgumentSpecs::main)
        .ifPresent(main -> options(main).forEach(this::add));
    // a role without a specification may still be configured by what it has defaults for
    role.defaults()
        .keySet()
        .forEach(key -> options.putIfAbsent(key, new Option("raw", "", List.of(), Map.of())));
  }

  private void add(String key, Option option) {
    Option earlier = options.get(key);
    if (earlier == null || earlier.options().isEmpty()) {
      options.put(key, option);
    } else {
      Map<String, Option> both = new LinkedHashMap<>(earlier.options());
      both.putAll(option.options());
      options.put(key, new Option(earlier.type(), earlier.description(), earlier.choices(), both));
    }
  }

  private static Optional<YamlNode.Mapping> main(YamlNode.Mapping specs) {
    return specs.find("main").orElse(null) instanceof YamlNode.Mapping main
        ? Optional.of(main)
        : Optional.empty();
  }

  private static Map<String, Option> options(YamlNode.Mapping spec) {
    Map<String, Option> options = new LinkedHashMap<>();
    if (spec.find("options").orElse(null) instanceof YamlNode.Mapping all) {
      for (YamlNode.Entry entry : all.entries()) {
        if (entry.value() instanceof YamlNode.Mapping option) {
          options.put(entry.key().text(), option(option));
        }
      }
    }
    return options;
  }

  private static Option option(YamlNode.Mapping option) {
    List<String> choices = new ArrayList<>();
    if (option.find("choices").orElse(null) instanceof YamlNode.Listing list) {
      list.items().forEach(item -> choices.add(item instanceof YamlNode.Scalar s ? s.text() : ""));
    }
    return new Option(
        text(option, "type").orElse("str"),
        text(option, "description").orElse(""),
        choices,
        options(option));
  }

  private static Optional<String> text(YamlNode.Mapping mapping, String key) {
    return mapping
        .find(key)
        .map(node -> node instanceof YamlNode.Scalar scalar ? scalar.text() : "");
  }
}
