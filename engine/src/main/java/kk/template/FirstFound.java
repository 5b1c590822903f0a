package kk.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lookup `first_found`: names, or maps with `files` and `paths`, of which the first that
/// exists counts.
final class FirstFound {
  private static final List<String> FOLDERS = List.of("files", "templates", "vars", "tasks");

  private final List<String> candidates = new ArrayList<>();
  private boolean skip;

  private FirstFound() {}

  static List<@Nullable Object> of(List<@Nullable Object> terms, Arguments args) {
    names(args, "files");
    names(args, "paths");
    FirstFound search = new FirstFound();
    search.skip = args.optionFlag("skip", false);
    if (args.has("files")) {
      search.add(texts(args.value("files")), folders(args.value("paths")));
    }
    for (Object term : terms) {
      search.term(term, folders(args.value("paths")));
    }
    return search.run(args.evaluator().scope());
  }

  private static void names(Arguments args, String option) {
    Object given = args.value(option);
    if (given != null && !(given instanceof String) && !(given instanceof List<?>)) {
      throw Refusal.argument(
          "`"
              + option
              + "` of `first_found` must be a list of names, not `"
              + Values.typeName(given)
              + "`");
    }
  }

  private void term(@Nullable Object term, List<String> paths) {
    switch (term) {
      case Map<?, ?> map -> {
        skip |= Values.isTrue(map.get("skip"));
        List<String> files = texts(map.get("files"));
        if (!files.isEmpty() || !map.containsKey("files")) {
          add(files, folders(map.get("paths")));
        }
      }
      case List<?> list -> known(list).forEach(item -> term(item, paths));
      case null, default -> add(texts(term), paths);
    }
  }

  /// The items that come to something: an undefined variable makes no name of a file.
  private static List<@Nullable Object> known(List<?> items) {
    List<@Nullable Object> known = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      try {
        known.add(items.get(i));
      } catch (EvaluationFailed e) {
        if (!e.problem().id().startsWith("undefined")) {
          throw e;
        }
      }
    }
    return known;
  }

  private static List<String> texts(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> known(list).stream().map(Printing::text).toList();
      default ->
          Splitting.on(Printing.text(value).replace(';', ','), ",").stream()
              .map(String::strip)
              .toList();
    };
  }

  /// Folders, between which `:` may stand as well.
  private static List<String> folders(@Nullable Object value) {
    return texts(value).stream()
        .flatMap(text -> Splitting.on(text, ":").stream())
        .map(String::strip)
        .toList();
  }

  private void add(List<String> files, List<String> paths) {
    if (paths.isEmpty()) {
      candidates.addAll(files);
    } else if (files.isEmpty()) {
      candidates.addAll(paths);
    }
    for (String path : paths) {
      files.forEach(file -> candidates.add(file.startsWith("/") ? file : path + "/" + file));
    }
  }

  private List<@Nullable Object> run(Scope scope) {
    List<@Nullable Object> found = new ArrayList<>();
    for (String candidate : candidates) {
      Path file = Files.find(candidate, FOLDERS, scope);
      if (file != null) {
        found.add(file.toString());
        return found;
      }
    }
    if (skip) {
      return found;
    }
    throw Refusal.because("none of these files exists: " + String.join(", ", candidates));
  }
}
