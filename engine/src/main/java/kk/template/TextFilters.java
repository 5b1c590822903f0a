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
                    self(input), args.text("old"), args.text("new"), args.integer("count", -1)))
        .add(
            "format",
            "values* **",
            "fills the `%s` places",
            (input, args) ->
                PercentFormat.apply(
                    self(input),
                    args.other().isEmpty() ? new Tuple(args.more().toArray()) : args.other()))
        .add(
            "split",
            "sep? maxsplit?",
            "pieces between separators, or between white space",
            (input, args) ->
                args.value("sep") == null
                    ? Splitting.words(self(input), args.integer("maxsplit", -1))
                    : Splitting.on(self(input), args.text("sep"), args.integer("maxsplit", -1)))
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
            (input, args) -> indent(self(input), args))
        .add(
            "center",
            "width?",
            "in the middle of a line",
            (input, args) -> TextMethods.center(self(input), args.integer("width", 80), " "))
        .add(
            "truncate",
            "length? killwords? end? leeway?",
            "cut to a length",
            (input, args) -> truncate(self(input), args))
        .add(
            "wordwrap",
            "width? break_long_words? wrapstring? break_on_hyphens?",
            "lines of a limited width",
            (input, args) -> WordWrap.of(args).wrap(self(input)))
        .add(
            "comment",
            "style? decoration? prefix? prefix_count? postfix? postfix_count? beginning? end? newline?",
            "as a comment of a configuration file",
            (input, args) -> comment(self(input), args));
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
        width instanceof Long number
            ? " ".repeat(Math.clamp(number, 0, 1000))
            : Printing.text(width);
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

  private static String truncate(String text, Arguments args) {
    int length = args.integer("length", 255);
    String end = args.text("end", "...");
    int[] characters = text.codePoints().toArray();
    if (characters.length <= length + args.integer("leeway", 5)) {
      return text;
    }
    int kept = length - end.length();
    if (kept < 0) {
      throw Refusal.argument("`length` of `truncate` must be at least " + end.length());
    }
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
    String start = args.text("beginning", beginning);
    out.append(start.isEmpty() ? "" : start + newline);
    out.append(
        (args.text("prefix", edge) + newline).repeat(Math.max(0, args.integer("prefix_count", 1))));
    for (String written : Splitting.on(text, newline)) {
      out.append((line + written).stripTrailing()).append(newline);
    }
    out.append(
        (args.text("postfix", edge) + newline)
            .repeat(Math.max(0, args.integer("postfix_count", 1))));
    String last = args.text("end", end);
    if (last.isEmpty()) {
      out.setLength(out.length() - newline.length());
    }
    return out.append(last).toString();
  }
}
