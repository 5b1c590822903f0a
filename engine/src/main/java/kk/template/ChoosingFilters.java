package kk.template;

import java.util.ArrayList;
import java.util.List;
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
            "test? arguments*",
            "the items for which a test holds",
            (input, args) -> choose(input, args, false, true))
        .addTolerant(
            "reject",
            "test? arguments*",
            "the items for which a test does not hold",
            (input, args) -> choose(input, args, false, false))
        .addTolerant(
            "selectattr",
            "attribute test? arguments*",
            "the items for whose attribute a test holds",
            (input, args) -> choose(input, args, true, true))
        .addTolerant(
            "rejectattr",
            "attribute test? arguments*",
            "the items for whose attribute a test does not hold",
            (input, args) -> choose(input, args, true, false));
  }

  private static List<@Nullable Object> map(@Nullable Object input, Arguments args) {
    List<@Nullable Object> mapped = new ArrayList<>();
    if (args.more().isEmpty()) {
      Object attribute = args.other().get("attribute");
      if (attribute == null) {
        throw Refusal.argument("`map` needs the name of a filter, or `attribute=`");
      }
      for (Object item : Values.items(input)) {
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
    for (Object item : Values.items(input)) {
      mapped.add(args.evaluator().filter(filter, item, further, args.other()));
    }
    return mapped;
  }

  private static List<@Nullable Object> choose(
      @Nullable Object input, Arguments args, boolean byAttribute, boolean wanted) {
    List<@Nullable Object> chosen = new ArrayList<>();
    for (Object item : Values.items(input)) {
      Object value = byAttribute ? args.evaluator().path(item, args.value("attribute")) : item;
      boolean holds =
          args.value("test") == null
              ? Values.isTrue(value)
              : args.evaluator().test(args.text("test"), value, args.more());
      if (holds == wanted) {
        chosen.add(item);
      }
    }
    return chosen;
  }
}
