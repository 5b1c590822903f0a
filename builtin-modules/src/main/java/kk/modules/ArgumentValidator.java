package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares values with a specification, in the words of Ansible, which roles' rescues may look for
/// (`ansible.module_utils.common.parameters`).
final class ArgumentValidator {
  private static final String HIDDEN = "********";

  private final List<String> errors = new ArrayList<>();
  private final List<String> unsupported = new ArrayList<>();

  private ArgumentValidator() {}

  /// What is wrong; empty when all is well.
  ///
  /// @param specification by name: `type`, `required`, `choices`, `elements`, `options`, `aliases`
  /// @param values by name
  static List<String> errors(Map<String, Object> specification, Map<String, Object> values) {
    ArgumentValidator validator = new ArgumentValidator();
    validator.check(specification, values, List.of());
    validator.errors.addAll(validator.unsupported);
    return validator.errors;
  }

  private void check(Map<?, ?> specification, Map<?, ?> given, List<String> path) {
    Map<String, Object> values = new LinkedHashMap<>();
    given.forEach((name, value) -> values.put(String.valueOf(name), value));
    specification.forEach(
        (name, each) ->
            Json.list(each, "aliases").stream()
                .filter(alias -> values.containsKey(String.valueOf(alias)))
                .forEach(
                    alias ->
                        values.put(String.valueOf(name), values.remove(String.valueOf(alias)))));
    seekUnsupported(specification, values.keySet(), path);
    seekMissing(specification, values.keySet(), path);
    specification.forEach((name, each) -> convert(String.valueOf(name), each, values, path));
    specification.forEach((name, each) -> choose(String.valueOf(name), each, values, path));
    specification.forEach((name, each) -> descend(String.valueOf(name), each, values, path));
  }

  private void seekUnsupported(Map<?, ?> specification, Set<String> names, List<String> path) {
    Set<String> supported = new TreeSet<>();
    specification.keySet().forEach(name -> supported.add(String.valueOf(name)));
    for (String name : names) {
      if (!supported.contains(name)) {
        List<String> whole = new ArrayList<>(path);
        whole.add(name);
        unsupported.add(
            String.join(".", whole)
                + ". Supported parameters include: "
                + String.join(", ", supported)
                + ".");
      }
    }
  }

  private void seekMissing(Map<?, ?> specification, Set<String> names, List<String> path) {
    Set<String> missing = new TreeSet<>();
    specification.forEach(
        (name, each) -> {
          if (isRequired(each) && !names.contains(String.valueOf(name))) {
            missing.add(String.valueOf(name));
          }
        });
    if (!missing.isEmpty()) {
      errors.add("missing required arguments: " + String.join(", ", missing) + found(path));
    }
  }

  private static boolean isRequired(Object option) {
    return says(option, "required");
  }

  private static boolean says(Object option, String what) {
    return ArgumentTypes.truth(Json.at(option, what).orElse(false)).orElse(false);
  }

  /// What is wrong with a value, which isn't told when it is a secret.
  private void complain(Object option, @Nullable Object value, String error) {
    String secret = ArgumentTypes.text(value);
    errors.add(says(option, "no_log") && !secret.isEmpty() ? error.replace(secret, HIDDEN) : error);
  }

  private void convert(String name, Object option, Map<String, Object> values, List<String> path) {
    if (!values.containsKey(name)) {
      return;
    }
    Object value = values.get(name);
    if (value == null && !isRequired(option)) {
      return;
    }
    String type = Json.text(option, "type");
    String wanted = type.isEmpty() ? "str" : type;
    try {
      Object converted = ArgumentTypes.convert(value, wanted);
      values.put(name, converted);
      String elements = Json.text(option, "elements");
      if (wanted.equals("list") && !elements.isEmpty() && converted instanceof List<?> list) {
        values.put(name, elements(name, option, list, elements, path));
      }
    } catch (IllegalArgumentException e) {
      String in = path.isEmpty() ? "" : " found in '" + String.join(" -> ", path) + "'.";
      complain(
          option,
          value,
          "argument '%s' is of type %s%s and we were unable to convert to %s: %s"
              .formatted(name, ArgumentTypes.typeOf(value), in, wanted, e.getMessage()));
    }
  }

  private List<Object> elements(
      String name, Object option, List<?> list, String type, List<String> path) {
    List<Object> converted = new ArrayList<>();
    for (Object item : list) {
      try {
        converted.add(ArgumentTypes.convert(item, type));
      } catch (IllegalArgumentException e) {
        complain(
            option,
            item,
            "Elements value for option '%s'%s is of type %s and we were unable to convert to %s: %s"
                .formatted(name, found(path), ArgumentTypes.typeOf(item), type, e.getMessage()));
      }
    }
    return converted;
  }

  private void choose(String name, Object option, Map<String, Object> values, List<String> path) {
    List<?> choices = Json.list(option, "choices");
    if (choices.isEmpty() || !values.containsKey(name)) {
      return;
    }
    String all = choices.stream().map(ArgumentTypes::text).collect(Collectors.joining(", "));
    Object value = values.get(name);
    if (value instanceof List<?> list) {
      List<String> others =
          list.stream().filter(item -> !choices.contains(item)).map(ArgumentTypes::text).toList();
      if (!others.isEmpty()) {
        String got = String.join(", ", others);
        complain(
            option,
            got,
            "value of %s must be one or more of: %s. Got no match for: %s%s"
                .formatted(name, all, got, found(path)));
      }
    } else if (choices.stream().noneMatch(choice -> Objects.equals(choice, value))) {
      complain(
          option,
          value,
          "value of %s must be one of: %s, got: %s%s"
              .formatted(name, all, ArgumentTypes.text(value), found(path)));
    }
  }

  private void descend(String name, Object option, Map<String, Object> values, List<String> path) {
    Object inner = Json.at(option, "options").orElse(null);
    Object value = values.get(name);
    boolean mappings =
        Json.text(option, "type").equals("dict") || Json.text(option, "elements").equals("dict");
    if (!mappings || value == null || !(inner instanceof Map<?, ?> specification)) {
      return;
    }
    List<String> deeper = new ArrayList<>(path);
    deeper.add(name);
    for (Object each : value instanceof List<?> list ? list : List.of(value)) {
      if (each instanceof Map<?, ?> map) {
        check(specification, map, deeper);
      } else {
        errors.add("value of '" + name + "' must be of type dict or list of dicts");
      }
    }
  }

  private static String found(List<String> path) {
    return path.isEmpty() ? "" : " found in " + String.join(" -> ", path);
  }
}
