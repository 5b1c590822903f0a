package kk.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lines of a table of file systems, as fstab(5) describes it. Lines that nobody asked about
/// stay as they are.
record Fstab(List<String> lines) {

  /// A file system and where it goes.
  record Entry(String source, String path, String type, String options, String dump, String check) {

    private static Optional<Entry> parse(String line) {
      String[] words = line.strip().split("\\s+", -1);
      boolean blank = line.isBlank() || line.strip().startsWith("#");
      return blank || words.length < 4 || words.length > 6
          ? Optional.empty()
          : Optional.of(
              new Entry(
                  words[0],
                  words[1],
                  words[2],
                  words[3],
                  words.length > 4 ? words[4] : "0",
                  words.length > 5 ? words[5] : "0"));
    }

    private Entry escaped() {
      return new Entry(escape(source), escape(path), type, escape(options), dump, check);
    }

    /// Several swap areas may have no path; then the device tells them apart.
    private boolean samePlace(Entry other) {
      boolean swap = path.equals("none") && type.equals("swap");
      return path.equals(other.path) && (!swap || source.equals(other.source));
    }

    private String text() {
      return String.join(" ", source, path, type, options, dump, check);
    }
  }

  static Fstab of(String text) {
    return new Fstab(text.lines().toList());
  }

  String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /// With an entry, in the place of the one for the same path or at the end.
  Fstab with(Entry plain) {
    Entry wanted = plain.escaped();
    List<String> edited = new ArrayList<>(lines);
    boolean placed = false;
    for (int i = 0; i < edited.size(); i++) {
      Optional<Entry> entry = Entry.parse(edited.get(i)).filter(wanted::samePlace);
      if (entry.isPresent()) {
        placed = true;
        if (!entry.get().equals(wanted)) {
          edited.set(i, wanted.text());
        }
      }
    }
    if (!placed) {
      edited.add(wanted.text());
    }
    return new Fstab(edited);
  }

  /// Without what goes to a path.
  ///
  /// @param source only what comes from there, when given
  Fstab without(String path, Optional<String> source) {
    List<String> edited = new ArrayList<>(lines);
    edited.removeIf(
        line ->
            Entry.parse(line)
                .filter(entry -> entry.path().equals(escape(path)))
                .filter(
                    entry ->
                        !path.equals("none")
                            || source.map(s -> escape(s).equals(entry.source())).orElse(true))
                .isPresent());
    return new Fstab(edited);
  }

  private static String escape(String word) {
    return word.replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
