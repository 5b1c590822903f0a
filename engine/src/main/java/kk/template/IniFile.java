package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lookup `ini`: values of a file with `[section]` and `key = value`, or of a file of
/// properties, which has no sections.
final class IniFile {
  private static final List<String> FOLDERS = List.of("files");
  private static final List<String> OPTIONS =
      List.of("file", "section", "type", "default", "re", "encoding");

  private IniFile() {}

  static List<@Nullable Object> lookup(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> values = new ArrayList<>();
    boolean asExpression = args.optionFlag("re", false);
    boolean properties = args.optionOf("type", "ini", "properties").equals("properties");
    for (Object term : terms) {
      List<String> words = Splitting.words(TextFilters.needed(term, "ini"));
      String file = option(words, "file", args.option("file", "ansible.ini"));
      String section = option(words, "section", args.option("section", "global"));
      String text =
          args.evaluator()
              .session()
              .files()
              .read(Files.require(file, FOLDERS, args.evaluator().scope()))
              .text();
      Map<String, String> entries = entries(text, properties ? "" : section, !properties);
      String key = key(words);
      if (asExpression) {
        PythonRegex wanted = PythonRegex.compile(key, false, false);
        entries.forEach(
            (name, value) -> {
              if (wanted.matcher(name).lookingAt()) {
                values.add(value);
              }
            });
      } else if (entries.containsKey(key.toLowerCase(Locale.ROOT))) {
        values.add(entries.get(key.toLowerCase(Locale.ROOT)));
      } else {
        values.add(args.value("default", ""));
      }
    }
    return values;
  }

  private static String key(List<String> words) {
    return words.stream()
        .filter(word -> OPTIONS.stream().noneMatch(name -> word.startsWith(name + "=")))
        .findFirst()
        .orElseThrow(() -> Refusal.because("`ini` needs the name of a key"));
  }

  private static String option(List<String> words, String name, String otherwise) {
    for (String word : words) {
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
    }
    return otherwise;
  }

  /// The entries of a section by their names in small letters.
  private static Map<String, String> entries(String text, String section, boolean hasSections) {
    Map<String, String> entries = new LinkedHashMap<>();
    boolean known = !hasSections;
    String current = "";
    for (String raw : Splitting.lines(text, false)) {
      String line = raw.strip();
      if (hasSections && line.startsWith("[") && line.endsWith("]")) {
        current = line.substring(1, line.length() - 1);
        known |= current.equals(section);
      } else if (current.equals(section) && !line.startsWith("#") && !line.startsWith(";")) {
        int sign = sign(line);
        if (sign > 0) {
          entries.put(
              line.substring(0, sign).strip().toLowerCase(Locale.ROOT),
              line.substring(sign + 1).strip());
        }
      }
    }
    if (!known) {
      throw Refusal.because("the file has no section `" + section + "`");
    }
    return entries;
  }

  private static int sign(String line) {
    return line.indexOf('=') < 0 ? line.indexOf(':') : line.indexOf('=');
  }
}
