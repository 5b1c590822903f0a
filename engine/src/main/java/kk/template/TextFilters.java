package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Filters that make text of text.
final class TextFilters {
  private static final Pattern WORD_START = Pattern.compile("[-\\s({\\[<]+");
  private static final Pattern UNSAFE_IN_SHELL = Pattern.compile("[^\\w@%+=:,./-]");

  private TextFilters() {}

  static void addTo(Catalogue filters) {
    cases(filters);
    shapes(filters);
    escapes(filters);
  }

  private static String self(@Nullable Object input) {
    return Printing.text(input);
  }

  /// The input of a filter that works on nothing but text.
  static String needed(@Nullable Object input, String filter) {
    if (input instanceof String text) {
      return text;
    }
    throw Refusal.because(
        "`" + filter + "` needs text, not a value of type `" + Values.typeName(input) + "`");
  }

  private static int replacements(Arguments args) {
    return args.value("count") == null ? -1 : args.integer("count", -1);
  }

  private static Object values(Arguments args) {
    if (!args.other().isEmpty() && !args.more().isEmpty()) {
      throw Refusal.argument("`format` takes values in a row or values with names, not both");
    }
    return args.other().isEmpty() ? new Tuple(args.more().toArray()) : args.other();
  }

  private static void cases(Catalogue filters) {
    filters
        .add("upper", "", "in capitals", (input, args) -> self(input).toUpperCase(Locale.ROOT))
        .add("lower", "", "in small letters", (input, args) -> self(input).toLowerCase(Locale.ROOT))
        .add("title", "", "every word with a capital", (input, args) -> title(self(input)))
        .add(
            "capitalize",
            "",
            "first letter a capital, the rest small",
            (input, args) -> TextMethods.capitalize(self(input)))
        .add(
            "trim",
            "chars?",
            "without white space, or other characters, at both ends",
            (input, args) -> TextMethods.strip(self(input), args.value("chars"), true, true))
        .add(
            "replace",
            "old new count?",
            "one text in place of another",
            (input, args) ->
                TextMethods.replace(
                    self(input), args.shown("old"), args.shown("new"), replacements(args)))
        .add(
            "format",
            "values* **",
            "fills the `%s` places",
            (input, args) -> PercentFormat.apply(self(input), values(args)))
        .add(
            "split",
            "sep? maxsplit?",
            "pieces between separators, or between white space",
            (input, args) ->
                args.value("sep") == null
                    ? Splitting.words(needed(input, "split"), args.integer("maxsplit", -1))
                    : Splitting.on(
                        needed(input, "split"), args.text("sep"), args.integer("maxsplit", -1)))
        .add(
            "wordcount",
            "",
            "how many words",
            (input, args) -> Pattern.compile("\\w+").matcher(self(input)).results().count());
  }

  private static void shapes(Catalogue filters) {
    filters
        .add(
            "indent",
            "width? first? blank?",
            "lines moved to the right",
            (input, args) -> indent(needed(input, "indent"), args))
        .add(
            "center",
            "width?",
            "in the middle of a line",
            (input, args) -> TextMethods.center(self(input), args.integer("width", 80), " "))
        .add(
            "truncate",
            "length? killwords? end? leeway?",
            "cut to a length",
            (input, args) -> truncate(input, args))
        .add(
            "wordwrap",
            "width? break_long_words? wrapstring? break_on_hyphens?",
            "lines of a limited width",
            (input, args) -> WordWrap.of(args).wrap(needed(input, "wordwrap")))
        .add(
            "comment",
            "style? decoration? prefix? prefix_count? postfix? postfix_count? beginning? end? newline?",
            "as a comment of a configuration file",
            (input, args) -> comment(needed(input, "comment"), args));
  }

  private static void escapes(Catalogue filters) {
    filters
        .add(
            "quote",
            "",
            "as one word for a shell",
            (input, args) -> quote(input == null ? "" : self(input)))
        .add("escape e", "", "for HTML and XML", (input, args) -> escape(self(input)))
        .add("forceescape", "", "for HTML and XML", (input, args) -> escape(self(input)))
        .add("safe", "", "the text itself", (input, args) -> self(input))
        .add(
            "striptags",
            "",
            "without HTML tags",
            (input, args) ->
                String.join(
                    " ",
                    Splitting.words(
                        Pattern.compile("(?s)<!--.*?-->|<[^>]*>")
                            .matcher(self(input))
                            .replaceAll(""))))
        .add(
            "xmlattr",
            "autospace?",
            "a map as attributes of an XML tag",
            (input, args) -> attributes(input, args));
  }

  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    java.util.regex.Matcher starts = WORD_START.matcher(text);
    int from = 0;
    while (starts.find()) {
      out.append(TextMethods.capitalize(text.substring(from, starts.start())))
          .append(starts.group());
      from = starts.end();
    }
    return out.append(TextMethods.capitalize(text.substring(from))).toString();
  }

  private static String indent(String text, Arguments args) {
    Object width = args.value("width", 4L);
    String space =
        width instanceof String prefix
            ? prefix
            : " ".repeat(Math.clamp(args.integer("width", 4), 0, 1000));
    boolean blank = args.flag("blank", false);
    List<String> lines = new ArrayList<>(Splitting.lines(text, false));
    if (text.endsWith("\n")) {
      lines.add("");
    }
    StringBuilder out = new StringBuilder(args.flag("first", false) ? space : "");
    for (int i = 0; i < lines.size(); i++) {
      boolean moved = i > 0 && (blank || !lines.get(i).isEmpty());
      out.append(i > 0 ? "\n" : "").append(moved ? space : "").append(lines.get(i));
    }
    return out.toString();
  }

  private static Object truncate(@Nullable Object input, Arguments args) {
    String end = args.text("end", "...");
    int length = args.integer("length", 255, end.length());
    int longest = length + (args.value("leeway") == null ? 5 : args.integer("leeway", 5, 0));
    if (input instanceof List<?> list && list.size() <= longest) {
      return list;
    }
    if (input instanceof Map<?, ?> map && map.size() <= longest) {
      return map;
    }
    String text = needed(input, "truncate");
    int[] characters = text.codePoints().toArray();
    if (characters.length <= longest) {
      return text;
    }
    int kept = length - end.length();
    String cut = new String(characters, 0, kept);
    int space = cut.lastIndexOf(' ');
    return (args.flag("killwords", false) || space < 0 ? cut : cut.substring(0, space)) + end;
  }

  private static String quote(String text) {
    if (text.isEmpty()) {
      return "''";
    }
    return UNSAFE_IN_SHELL.matcher(text).find() ? "'" + text.replace("'", "'\"'\"'") + "'" : text;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static String attributes(@Nullable Object input, Arguments args) {
    if (!(input instanceof Map<?, ?> map)) {
      throw Refusal.because("`xmlattr` needs a map");
    }
    List<String> words = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            words.add(escape(Printing.text(key)) + "=\"" + escape(Printing.text(value)) + "\"");
          }
        });
    String joined = String.join(" ", words);
    return args.flag("autospace", true) && !joined.isEmpty() ? " " + joined : joined;
  }

  private static String comment(String text, Arguments args) {
    String name = args.text("style", "plain");
    String decoration =
        switch (name) {
          case "plain" -> "# ";
          case "erlang" -> "% ";
          case "c" -> "// ";
          case "cblock" -> " * ";
          case "xml" -> " - ";
          default ->
              throw Refusal.argument(
                  "`comment` knows the styles plain, erlang, c, cblock and xml, not `"
                      + name
                      + "`");
        };
    String beginning = name.equals("cblock") ? "/*" : name.equals("xml") ? "<!--" : "";
    String end = name.equals("cblock") ? " */" : name.equals("xml") ? "-->" : "";
    String newline = args.text("newline", "\n");
    String line = args.text("decoration", decoration);
    String edge = line.stripTrailing();
    StringBuilder out = new StringBuilder();
    String start = args.shownIfTrue("beginning", beginning);
    String prefix = args.shownIfTrue("prefix", edge);
    out.append(start.isEmpty() ? "" : start + newline);
    out.append(
        prefix.isEmpty()
            ? ""
            : (prefix + newline).repeat(Math.max(0, args.integer("prefix_count", 1))));
    for (String written : Splitting.on(text, newline)) {
      out.append((line + written).stripTrailing()).append(newline);
    }
    out.append(
        (args.text("postfix", edge) + newline)
            .repeat(Math.max(0, args.integer("postfix_count", 1))));
    String last = args.shownIfTrue("end", end);
    if (last.isEmpty()) {
      out.setLength(out.length() - newline.length());
    }
    return out.append(last).toString();
  }
}
