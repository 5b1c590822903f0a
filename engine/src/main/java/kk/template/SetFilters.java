package kk.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Filters that see lists as sets. The order of the items is kept.
final class SetFilters {
  private SetFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .add(
            "union",
            "other",
            "the items of both lists, each once",
            (input, args) -> {
              List<@Nullable Object> both = list(input, "union");
              both.addAll(list(args.value("other"), "union"));
              return distinct(both);
            })
        .add(
            "intersect",
            "other",
            "the items that are in both lists",
            (input, args) -> chosen(Values.items(input), args.list("other"), true))
        .add(
            "difference",
            "other",
            "the items that are not in the other list",
            (input, args) -> chosen(Values.items(input), args.list("other"), false))
        .add(
            "symmetric_difference",
            "other",
            "the items that are in one of the lists only",
            (input, args) -> {
              List<@Nullable Object> one = list(input, "symmetric_difference");
              List<@Nullable Object> other = list(args.value("other"), "symmetric_difference");
              List<@Nullable Object> result = chosen(one, other, false);
              result.addAll(chosen(other, one, false));
              return result;
            });
  }

  private static List<@Nullable Object> list(@Nullable Object value, String filter) {
    if (value instanceof List<?> list) {
      return Values.items(list);
    }
    throw Refusal.because(
        "`" + filter + "` needs lists, not a value of type `" + Values.typeName(value) + "`");
  }

  private static List<@Nullable Object> distinct(List<@Nullable Object> items) {
    Distinct seen = new Distinct();
    List<@Nullable Object> result = new ArrayList<>();
    for (Object item : items) {
      if (seen.add(item)) {
        result.add(item);
      }
    }
    return result;
  }

  private static List<@Nullable Object> chosen(
      List<@Nullable Object> items, List<@Nullable Object> other, boolean inside) {
    Distinct known = new Distinct();
    other.forEach(known::add);
    List<@Nullable Object> result = distinct(items);
    result.removeIf(item -> known.contains(item) != inside);
    return result;
  }
}
