package kk.template;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Filters that read and write JSON, YAML and addresses.
final class DataFilters {
  private DataFilters() {}

  static void addTo(Catalogue filters) {
    json(filters);
    yaml(filters);
    filters
        .add(
            "urlencode",
            "",
            "with `%` signs, as part of an address",
            (input, args) -> encode(input))
        .add(
            "urldecode",
            "",
            "without `%` signs",
            (input, args) ->
                URLDecoder.decode(TextFilters.needed(input, "urldecode"), StandardCharsets.UTF_8))
        .add(
            "urlsplit",
            "query?",
            "the parts of an address",
            (input, args) -> UrlParts.split(TextFilters.needed(input, "urlsplit"), args));
  }

  private static void json(Catalogue filters) {
    filters
        .add(
            "to_json",
            "indent? sort_keys? ensure_ascii? separators? vault_to_text? preprocess_unsafe?",
            "as JSON",
            (input, args) -> {
              int indent = indent(args, -1);
              boolean sorted = args.flag("sort_keys", false);
              return new Json(
                      indent,
                      sorted,
                      args.flag("ensure_ascii", true),
                      separator(args, 0, indent < 0 ? ", " : ","),
                      separator(args, 1, ": "))
                  .write(input);
            })
        .add(
            "to_nice_json",
            "indent? sort_keys? ensure_ascii?",
            "as JSON on several lines, keys in order",
            (input, args) ->
                new Json(
                        indent(args, 4),
                        args.flag("sort_keys", true),
                        args.flag("ensure_ascii", true),
                        ",",
                        ": ")
                    .write(input))
        .add(
            "tojson",
            "indent?",
            "as JSON that can stand in HTML",
            (input, args) -> {
              int indent = indent(args, -1);
              Json json = new Json(indent, true, true, indent < 0 ? ", " : ",", ": ");
              return json.write(input)
                  .replace("<", "\\u003c")
                  .replace(">", "\\u003e")
                  .replace("&", "\\u0026")
                  .replace("'", "\\u0027");
            })
        .add(
            "from_json",
            "",
            "the value of a JSON text",
            (input, args) -> JsonReader.read(TextFilters.needed(input, "from_json")));
  }

  private static String separator(Arguments args, int index, String otherwise) {
    if (args.value("separators") == null) {
      return otherwise;
    }
    if (args.value("separators") instanceof List<?> both
        && both.size() == 2
        && both.get(index) instanceof String separator) {
      return separator;
    }
    throw Refusal.argument("`separators` must be a list of two texts");
  }

  /// Spaces per level; a number below zero breaks lines without moving them, null breaks none.
  private static int indent(Arguments args, int otherwise) {
    boolean none = args.has("indent") && args.value("indent") == null;
    int given = none ? -1 : args.integer("indent", otherwise);
    return none || !args.has("indent") ? given : Math.max(0, given);
  }

  private static void yaml(Catalogue filters) {
    filters
        .add(
            "to_yaml",
            "indent? sort_keys? default_flow_style? width?",
            "as YAML",
            (input, args) -> yamlText(args, 2, flow(args)).write(input))
        .add(
            "to_nice_yaml",
            "indent? sort_keys? width?",
            "as YAML, indented",
            (input, args) -> yamlText(args, 4, YamlText.Flow.NONE).write(input))
        .add(
            "from_yaml",
            "",
            "the value of a YAML text",
            (input, args) -> input instanceof String text ? read(text, args) : input)
        .add(
            "from_yaml_all",
            "",
            "the values of a YAML text with several documents",
            (input, args) -> {
              if (!(input instanceof String text)) {
                return input;
              }
              List<@Nullable Object> values = new ArrayList<>();
              StringBuilder document = new StringBuilder();
              for (String line : Splitting.lines(text, true)) {
                if (line.stripTrailing().equals("---")) {
                  if (!document.toString().isBlank()) {
                    values.add(read(document.toString(), args));
                  }
                  document.setLength(0);
                } else {
                  document.append(line);
                }
              }
              values.add(read(document.toString(), args));
              return values;
            });
  }

  private static YamlText yamlText(Arguments args, int usualIndent, YamlText.Flow flow) {
    int indent = args.value("indent") == null ? usualIndent : args.integer("indent", usualIndent);
    int usable = indent > 1 && indent < 10 ? indent : 2;
    int width = args.value("width") == null ? 0 : args.integer("width", 0);
    return new YamlText(
        usable, args.flag("sort_keys", true), flow, width > 2 * usable ? width : 80);
  }

  private static YamlText.Flow flow(Arguments args) {
    if (args.value("default_flow_style") == null) {
      return YamlText.Flow.INNERMOST;
    }
    return args.flag("default_flow_style", false) ? YamlText.Flow.ALL : YamlText.Flow.NONE;
  }

  private static @Nullable Object read(String text, Arguments args) {
    return args.evaluator().session().files().yaml().apply(text);
  }

  private static String encode(@Nullable Object input) {
    if (input instanceof Map<?, ?> map) {
      Map<String, String> pairs = new LinkedHashMap<>();
      map.forEach(
          (key, value) ->
              pairs.put(encode(Printing.text(key), true), encode(Printing.text(value), true)));
      return String.join(
          "&",
          pairs.entrySet().stream().map(pair -> pair.getKey() + "=" + pair.getValue()).toList());
    }
    if (input instanceof List<?> list) {
      List<String> pairs = new ArrayList<>();
      for (Object pair : list) {
        List<@Nullable Object> both = Values.items(pair);
        pairs.add(
            encode(Printing.text(both.getFirst()), true)
                + "="
                + encode(Printing.text(both.getLast()), true));
      }
      return String.join("&", pairs);
    }
    return encode(Printing.text(input), false);
  }

  private static String encode(String text, boolean inQuery) {
    String encoded =
        URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
    return inQuery ? encoded : encoded.replace("+", "%20").replace("%2F", "/");
  }
}
