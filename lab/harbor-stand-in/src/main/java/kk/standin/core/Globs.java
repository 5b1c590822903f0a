package kk.standin.core;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kk.standin.core.State.Filter;
import kk.standin.core.State.Policy;

/// What a policy's filters select, and where its destination is.
final class Globs {
  private Globs() {}

  /// `*` is anything but a slash, `**` anything, `?` one character, `{a,b}` one of them.
  static boolean matches(String glob, String text) {
    StringBuilder expression = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          boolean twice = i + 1 < glob.length() && glob.charAt(i + 1) == '*';
          expression.append(twice ? ".*" : "[^/]*");
          i += twice ? 1 : 0;
        }
        case '?' -> expression.append("[^/]");
        case '{' -> {
          depth++;
          expression.append("(?:");
        }
        case '}' -> {
          depth--;
          expression.append(")");
        }
        case ',' -> expression.append(depth > 0 ? "|" : ",");
        default -> expression.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return depth == 0 && Pattern.matches(expression.toString(), text);
  }

  static boolean selects(Policy policy, String repository) {
    return policy.filters().stream()
        .allMatch(
            filter ->
                switch (filter.type()) {
                  case "name" -> covers(filter, repository);
                  // artifacts of the stand-in have no labels
                  case "label" -> "excludes".equals(filter.decoration());
                  default -> true;
                });
  }

  /// @param tag nothing for an artifact without one
  static boolean selects(Policy policy, Optional<String> tag) {
    return policy.filters().stream()
        .filter(filter -> filter.type().equals("tag"))
        .allMatch(
            filter ->
                tag.map(name -> covers(filter, name)).orElse(false)
                    != "excludes".equals(filter.decoration()));
  }

  static List<String> selected(Policy policy, Collection<String> tags) {
    return tags.stream().filter(tag -> selects(policy, Optional.of(tag))).toList();
  }

  private static boolean covers(Filter filter, String text) {
    String glob = filter.value().asText();
    return glob.isEmpty() || matches(glob, text);
  }

  /// The name that a repository has at the destination. Without a namespace the count means
  // nothing.
  static String destination(Policy policy, String repository) {
    if (policy.destNamespace().isEmpty()) {
      return repository;
    }
    String[] parts = repository.split("/", -1);
    int count = policy.destNamespaceReplaceCount();
    int from = count < 0 ? parts.length - 1 : Math.min(count, parts.length - 1);
    return policy.destNamespace()
        + "/"
        + String.join("/", List.of(parts).subList(from, parts.length));
  }
}
