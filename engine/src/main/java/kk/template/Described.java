package kk.template;

import java.util.ArrayList;
import java.util.List;

/// One name of the template language, for the manual.
///
/// @param kind `filter`, `test`, `lookup`, `function`, `template tag`, or whose method it is
/// @param takes its arguments in words
public record Described(String kind, String name, String takes, String purpose) {

  static List<Described> all(Library library) {
    List<Described> all = new ArrayList<>();
    add(all, "filter", library.filters());
    add(all, "test", library.tests());
    add(all, "lookup", library.lookups());
    add(all, "function", library.functions());
    add(all, "string method", library.textMethods());
    add(all, "list method", library.listMethods());
    add(all, "map method", library.mapMethods());
    for (Tag tag : Tag.values()) {
      all.add(tag.described());
    }
    return List.copyOf(all);
  }

  private static void add(List<Described> all, String kind, Catalogue catalogue) {
    for (Operation operation : catalogue.all()) {
      all.add(
          new Described(
              kind, operation.name(), operation.signature().described(), operation.purpose()));
    }
  }
}
