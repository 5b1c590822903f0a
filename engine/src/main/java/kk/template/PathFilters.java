package kk.template;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Filters about paths and addresses of files.
final class PathFilters {
  private PathFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .add("basename", "", "the last name of a path", (input, args) -> after(text(input)))
        .add("dirname", "", "a path without its last name", (input, args) -> before(text(input)))
        .add(
            "splitext",
            "",
            "a path without its extension, and the extension",
            (input, args) -> extension(text(input)))
        .add(
            "expanduser",
            "",
            "a path with the home folder for `~`",
            (input, args) -> Files.expand(text(input)))
        .add(
            "expandvars",
            "",
            "a text with environment variables in place",
            (input, args) -> variables(text(input)))
        .add("realpath", "", "a path without links", (input, args) -> real(text(input)))
        .add(
            "relpath",
            "start?",
            "a path as seen from a folder",
            (input, args) ->
                Path.of(args.value("start") == null ? "" : args.text("start"))
                    .toAbsolutePath()
                    .normalize()
                    .relativize(Path.of(text(input)).toAbsolutePath().normalize())
                    .toString())
        .add(
            "path_join",
            "",
            "a list of names as a path",
            (input, args) -> join(names(input, "path_join")))
        .add(
            "commonpath",
            "",
            "the folder that all paths are in",
            (input, args) -> common(names(input, "commonpath")))
        .add(
            "normpath",
            "",
            "a path without `..` and doubled slashes",
            (input, args) -> Path.of(text(input)).normalize().toString())
        .add(
            "fileglob",
            "",
            "the files of this machine that match a pattern",
            (input, args) -> new ArrayList<>(FileLookups.glob(text(input))))
        .add(
            "win_basename",
            "",
            "the last name of a Windows path",
            (input, args) -> after(text(input).replace('\\', '/')));
  }

  private static String text(@Nullable Object input) {
    if (!(input instanceof String text)) {
      throw Refusal.because(
          "a path is needed, not a value of type `" + Values.typeName(input) + "`");
    }
    return text;
  }

  private static String after(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String before(String path) {
    int end = path.lastIndexOf('/') + 1;
    String head = path.substring(0, end);
    return head.chars().allMatch(c -> c == '/') ? head : TextMethods.strip(head, "/", false, true);
  }

  private static Tuple extension(String path) {
    int name = path.lastIndexOf('/') + 1;
    int first = name;
    while (first < path.length() && path.charAt(first) == '.') {
      first++;
    }
    int dot = path.lastIndexOf('.');
    return dot >= first
        ? new Tuple(path.substring(0, dot), path.substring(dot))
        : new Tuple(path, "");
  }

  private static String variables(String text) {
    java.util.regex.Pattern name = java.util.regex.Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
    return name.matcher(text)
        .replaceAll(
            match -> {
              String value =
                  System.getenv(match.group(1) == null ? match.group(2) : match.group(1));
              return java.util.regex.Matcher.quoteReplacement(
                  value == null ? match.group() : value);
            });
  }

  private static String real(String path) {
    Path given = Path.of(path).toAbsolutePath();
    try {
      return given.toRealPath().toString();
    } catch (IOException e) {
      return given.normalize().toString();
    }
  }

  private static String join(List<? extends @Nullable Object> names) {
    if (names.isEmpty()) {
      throw Refusal.because("`path_join` needs one name at least");
    }
    StringBuilder path = new StringBuilder();
    for (Object name : names) {
      String part = text(name);
      if (part.startsWith("/")) {
        path.setLength(0);
      } else if (!path.isEmpty() && path.charAt(path.length() - 1) != '/') {
        path.append('/');
      }
      path.append(part);
    }
    return path.toString();
  }

  private static List<? extends @Nullable Object> names(@Nullable Object input, String filter) {
    return switch (input) {
      case String name -> List.of(name);
      case List<?> names -> names;
      case null, default ->
          throw Refusal.because(
              "`"
                  + filter
                  + "` needs a list of names, not a value of type `"
                  + Values.typeName(input)
                  + "`");
    };
  }

  private static String common(List<? extends @Nullable Object> paths) {
    List<String> shared = null;
    for (Object path : paths) {
      List<String> steps = Splitting.on(text(path), "/");
      if (shared == null) {
        shared = steps;
      }
      int same = 0;
      while (same < shared.size()
          && same < steps.size()
          && shared.get(same).equals(steps.get(same))) {
        same++;
      }
      shared = shared.subList(0, same);
    }
    return shared == null ? "" : String.join("/", shared);
  }
}
