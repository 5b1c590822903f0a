package kk.template;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Lookups in variables, the environment and the inventory.
final class VariableLookups {
  private VariableLookups() {}

  static void addTo(Catalogue lookups) {
    lookups
        .add(
            "vars",
            "default?",
            "the variables of these names",
            (terms, args) -> variables(Values.items(terms), args))
        .add(
            "varnames",
            "",
            "the names of variables that match a regular expression",
            (terms, args) -> names(Values.items(terms), args))
        .add(
            "env",
            "default?",
            "environment variables of this machine",
            (terms, args) -> environment(Values.items(terms), args))
        .add(
            "inventory_hostnames",
            "",
            "the hosts of groups",
            (terms, args) -> hosts(Values.items(terms), args))
        .add(
            "config",
            "on_missing?",
            "settings of kk by Ansible's names",
            (terms, args) -> settings(Values.items(terms), args));
  }

  private static List<@Nullable Object> variables(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> values = new ArrayList<>();
    Scope scope = args.evaluator().scope();
    for (Object term : terms) {
      String name = identifier(term);
      if (scope.contains(name)) {
        values.add(args.evaluator().session().current(scope.get(name)));
      } else if (args.has("default")) {
        values.add(args.value("default"));
      } else {
        throw args.evaluator().missing("No variable found with this name: " + name).failure();
      }
    }
    return values;
  }

  private static List<@Nullable Object> names(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> names = new ArrayList<>();
    for (Object term : terms) {
      PythonRegex regex = expression(identifier(term));
      for (String name : args.evaluator().scope().names()) {
        if (regex.matcher(name).find()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static PythonRegex expression(String pattern) {
    try {
      return PythonRegex.compile(pattern, false, false);
    } catch (Refusal refusal) {
      throw Refusal.because(
          "Unable to use '" + pattern + "' as a search parameter: " + refusal.sentence());
    }
  }

  /// A term that has to be a name.
  private static String identifier(@Nullable Object term) {
    if (term instanceof String name) {
      return name;
    }
    throw Refusal.because(
        "Invalid setting identifier, \""
            + Printing.text(term)
            + "\" is not a string but a value of type `"
            + Values.typeName(term)
            + "`");
  }

  private static List<@Nullable Object> environment(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object term : terms) {
      List<String> words = Splitting.words(TextFilters.needed(term, "env"));
      if (words.isEmpty()) {
        throw Refusal.because("`env` needs the name of a variable");
      }
      String value = System.getenv(words.getFirst());
      values.add(value == null ? Objects.requireNonNullElse(args.value("default"), "") : value);
    }
    return values;
  }

  /// Names of groups and hosts, with `:` between them, `!` before what is left out.
  private static List<@Nullable Object> hosts(List<@Nullable Object> terms, Arguments args) {
    Scope scope = args.evaluator().scope();
    Map<?, ?> groups =
        scope.contains("groups") && scope.get("groups") instanceof Map<?, ?> map ? map : Map.of();
    List<@Nullable Object> found = new ArrayList<>();
    for (Object term : terms) {
      if (term instanceof List<?> || term instanceof Map<?, ?>) {
        throw Refusal.because(
            "`inventory_hostnames` needs patterns, not a value of type `"
                + Values.typeName(term)
                + "`");
      }
      String pattern = Printing.text(term).isBlank() ? "all" : Printing.text(term);
      for (String word : Splitting.on(pattern.replace(',', ':'), ":")) {
        String name = TextMethods.strip(word, "!& ", true, true);
        List<?> members = members(name, groups);
        if (word.startsWith("!")) {
          found.removeIf(members::contains);
        } else if (word.startsWith("&")) {
          found.removeIf(host -> !members.contains(host));
        } else {
          members.stream().filter(host -> !found.contains(host)).forEach(found::add);
        }
      }
    }
    return found;
  }

  /// The hosts that a name or a pattern with wildcards means, of groups and of hosts.
  private static List<?> members(String name, Map<?, ?> groups) {
    if (groups.get(name) instanceof List<?> group) {
      return group;
    }
    List<?> all = groups.get("all") instanceof List<?> list ? list : List.of();
    if (all.contains(name) || name.equals("localhost")) {
      return List.of(name);
    }
    PathMatcher wildcards = wildcards(name);
    Set<Object> found = new LinkedHashSet<>();
    groups.forEach(
        (group, hosts) -> {
          if (wildcards.matches(Path.of(String.valueOf(group))) && hosts instanceof List<?> list) {
            found.addAll(list);
          }
        });
    all.stream()
        .filter(host -> wildcards.matches(Path.of(String.valueOf(host))))
        .forEach(found::add);
    return List.copyOf(found);
  }

  private static PathMatcher wildcards(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw Refusal.because("`" + pattern + "` is no pattern of hosts: " + e.getDescription());
    }
  }

  private static List<@Nullable Object> settings(List<@Nullable Object> terms, Arguments args) {
    Map<String, Object> known = args.evaluator().session().library().manners().settings();
    String missing = args.optionOf("on_missing", "error", "warn", "skip");
    List<@Nullable Object> values = new ArrayList<>();
    for (Object term : terms) {
      Object value = known.get(Printing.text(term));
      if (value == null && !missing.equals("skip")) {
        throw Refusal.because("kk has no setting `" + Printing.text(term) + "`");
      }
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }
}
