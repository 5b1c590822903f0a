package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Filters with regular expressions.
final class RegexFilters {
  private static final String SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";
  private static final String SPECIAL_IN_POSIX = "[].^$*\\";

  private RegexFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .add(
            "regex_replace",
            "pattern? replacement? ignorecase? multiline? count? mandatory_count?",
            "every match of a regular expression replaced",
            (input, args) -> replace(Printing.text(input), args))
        .add(
            "regex_search",
            "regex groups* ignorecase? multiline?",
            "the first match of a regular expression, or its groups",
            (input, args) -> search(Printing.text(input), args))
        .add(
            "regex_findall",
            "regex multiline? ignorecase?",
            "all matches of a regular expression",
            (input, args) -> {
              PythonRegex regex =
                  PythonRegex.compile(
                      args.text("regex"),
                      args.flag("ignorecase", false),
                      args.flag("multiline", false));
              List<@Nullable Object> found = new ArrayList<>();
              regex
                  .matcher(Printing.text(input))
                  .results()
                  .forEach(match -> found.add(regex.groups(match)));
              return found;
            })
        .add(
            "regex_escape",
            "re_type?",
            "text in which nothing is special in a regular expression",
            (input, args) -> escape(Printing.text(input), args));
  }

  private static String replace(String text, Arguments args) {
    PythonRegex regex =
        PythonRegex.compile(
            args.text("pattern", ""),
            args.flag("ignorecase", false),
            args.flag("multiline", false));
    String replacement = args.text("replacement", "");
    int most = args.integer("count", 0);
    Matcher matcher = regex.matcher(text);
    StringBuilder out = new StringBuilder();
    int from = 0;
    int count = 0;
    while ((most <= 0 || count < most) && matcher.find()) {
      out.append(text, from, matcher.start()).append(regex.expand(replacement, matcher));
      from = matcher.end();
      count++;
    }
    if (count < args.integer("mandatory_count", 0)) {
      throw Refusal.because(
          "the regular expression matched "
              + count
              + " times, not "
              + args.shown("mandatory_count"));
    }
    return out.append(text, from, text.length()).toString();
  }

  private static @Nullable Object search(String text, Arguments args) {
    PythonRegex regex =
        PythonRegex.compile(
            args.text("regex"), args.flag("ignorecase", false), args.flag("multiline", false));
    List<String> wanted = args.more().stream().map(RegexFilters::group).toList();
    Matcher matcher = regex.matcher(text);
    if (!matcher.find()) {
      return null;
    }
    if (wanted.isEmpty()) {
      return matcher.group();
    }
    List<@Nullable Object> groups = new ArrayList<>();
    wanted.forEach(name -> groups.add(regex.group(name, matcher)));
    return groups;
  }

  /// The name or number in `\1` or `\g<name>`.
  private static String group(@Nullable Object wanted) {
    String reference = Printing.text(wanted);
    if (reference.startsWith("\\g<") && reference.endsWith(">")) {
      return reference.substring(3, reference.length() - 1);
    }
    if (reference.startsWith("\\")) {
      return reference.substring(1);
    }
    throw Refusal.argument(
        "a group of `regex_search` is written `'\\\\1'` or `'\\\\g<name>'`, not `"
            + reference
            + "`");
  }

  private static String escape(String text, Arguments args) {
    String type = args.text("re_type", "python");
    String special =
        switch (type) {
          case "python" -> SPECIAL;
          case "posix_basic" -> SPECIAL_IN_POSIX;
          default ->
              throw Refusal.argument(
                  "`re_type` must be `python` or `posix_basic`, not `" + type + "`");
        };
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(special.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return out.toString();
  }
}
