package kk.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lookup `ini`: values of a file with `[section]` and `key = value`.
final class IniFile {
  private static final List<String> FOLDERS = List.of("files");

  private IniFile() {}

  static List<@Nullable Object> lookup(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object term : terms) {
      List<String> words = Splitting.words(Printing.text(term));
      String file = option(words, "file", args.text("file", "ansible.ini"));
      String section = option(words, "section", args.text("section", "global"));
      String text =
          args.evaluator()
              .session()
              .files()
              .read(Files.require(file, FOLDERS, args.evaluator().scope()))
              .text();
      String found = find(Splitting.lines(text, false), section, words.getFirst());
      if (found != null) {
        values.add(found);
      } else if (args.value("default") != null) {
        values.add(args.value("default"));
      }
    }
    return values;
  }

  private static String option(List<String> words, String name, String otherwise) {
    for (String word : words) {
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
    }
    return otherwise;
  }

  private static @Nullable String find(List<String> lines, String section, String key) {
    String current = "global";
    for (String raw : lines) {
      String line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        current = line.substring(1, line.length() - 1);
      } else if (current.equals(section) && !line.startsWith("#") && !line.startsWith(";")) {
        int sign = line.indexOf('=') < 0 ? line.indexOf(':') : line.indexOf('=');
        if (sign > 0 && line.substring(0, sign).strip().equalsIgnoreCase(key)) {
          return line.substring(sign + 1).strip();
        }
      }
    }
    return null;
  }
}
