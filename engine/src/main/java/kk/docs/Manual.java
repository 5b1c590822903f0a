package kk.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Everything that can be looked up by name.
public record Manual(List<Entry> entries) {

  public Manual {
    entries = List.copyOf(entries);
  }

  /// All entries of that name: `template` is a module and a lookup.
  public List<Entry> find(String name) {
    String plain = name.replaceFirst("^ansible\\.(builtin|legacy)\\.", "");
    return entries.stream().filter(entry -> entry.name().equals(plain)).toList();
  }

  /// The entries of a kind in their own order.
  public List<Entry> of(Kind kind) {
    return entries.stream().filter(entry -> entry.kind() == kind).toList();
  }

  /// The kind that a word such as `filters` names.
  public static Optional<Kind> kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.many().replace(' ', '-').equals(word.replace(' ', '-')))
        .findFirst();
  }

  /// Every name, to suggest one.
  public List<String> names() {
    return entries.stream().map(Entry::name).distinct().toList();
  }
}
