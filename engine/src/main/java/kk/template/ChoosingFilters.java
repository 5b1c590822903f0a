package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Filters that run a filter or a test over every item.
final class ChoosingFilters {
  private ChoosingFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .addTolerant(
            "map",
            "arguments* **",
            "every item through a filter, or an attribute of every item",
            (input, args) -> map(input, args))
        .addTolerant(
            "select",
            "tests* **",
            "the items for which a test holds",
            (input, args) -> choose(input, args, false, true))
        .addTolerant(
            "reject",
            "tests* **",
            "the items for which a test does not hold",
            (input, args) -> choose(input, args, false, false))
        .addTolerant(
            "selectattr",
            "attribute tests* **",
            "the items for whose attribute a test holds",
            (input, args) -> choose(input, args, true, true))
        .addTolerant(
            "rejectattr",
            "attribute tests* **",
            "the items for whose attribute a test does not hold",
            (input, args) -> choose(input, args, true, false));
  }

  private static List<@Nullable Object> map(@Nullable Object input, Arguments args) {
    List<@Nullable Object> mapped = new ArrayList<>();
    if (args.more().isEmpty()) {
      Object attribute = args.other().get("attribute");
      Set<String> unknown = new TreeSet<>(args.other().keySet());
      unknown.removeAll(Set.of("attribute", "default"));
      if (!unknown.isEmpty()) {
        throw Refusal.argument(
            "`map` has no argument `" + String.join("`, `", unknown) + "` beside `attribute`");
      }
      if (attribute == null) {
        throw Refusal.argument("`map` needs the name of a filter, or `attribute=`");
      }
      for (Object item : items(input)) {
        Object value = args.evaluator().path(item, attribute);
        mapped.add(
            value instanceof Undefined && args.other().containsKey("default")
                ? args.other().get("default")
                : value);
      }
      return mapped;
    }
    String filter = Printing.text(args.more().getFirst());
    List<@Nullable Object> further = args.more().subList(1, args.more().size());
    for (Object item : items(input)) {
      mapped.add(args.evaluator().filter(filter, item, further, args.other()));
    }
    return mapped;
  }

  /// What counts as false has no items, as Jinja has it.
  private static List<@Nullable Object> items(@Nullable Object input) {
    return Values.isTrue(input) ? Values.items(input) : new ArrayList<>();
  }

  private static List<@Nullable Object> choose(
      @Nullable Object input, Arguments args, boolean byAttribute, boolean wanted) {
    List<@Nullable Object> more = args.more();
    if (more.isEmpty() && !args.other().isEmpty()) {
      throw Refusal.argument(
          "there is no test that could take the argument `"
              + args.other().keySet().iterator().next()
              + "`");
    }
    String test = more.isEmpty() ? "" : TextFilters.needed(more.getFirst(), "the name of a test");
    List<@Nullable Object> chosen = new ArrayList<>();
    for (Object item : items(input)) {
      Object value = byAttribute ? args.evaluator().path(item, args.value("attribute")) : item;
      boolean holds =
          more.isEmpty()
              ? Values.isTrue(value)
              : args.evaluator().test(test, value, more.subList(1, more.size()), args.other());
      if (holds == wanted) {
        chosen.add(item);
      }
    }
    return chosen;
  }
}
