package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Lookups that rearrange what they are given; most of them live on as `with_…`.
final class ListLookups {
  private ListLookups() {}

  static void addTo(Catalogue lookups) {
    lookups
        .add(
            "items",
            "",
            "the terms, lists among them opened up",
            (terms, args) -> opened(Values.items(terms)))
        .add("list", "", "the terms as they are", (terms, args) -> Values.items(terms))
        .add(
            "flattened",
            "",
            "the terms, lists in lists opened up",
            (terms, args) -> args.evaluator().filter("flatten", terms, List.of(), Map.of()))
        .add(
            "dict",
            "",
            "maps with `key` and `value` for the entries of a map",
            (terms, args) -> dict(Values.items(terms)))
        .add(
            "indexed_items",
            "",
            "pairs of a position and an item",
            (terms, args) -> indexed(opened(Values.items(terms))))
        .add(
            "together",
            "",
            "the first items of all lists, the second items, and so on",
            (terms, args) -> rows(Combining.zip(someLists("with_together", terms), true, null)))
        .add(
            "nested cartesian",
            "",
            "every item of a list with every item of the others",
            (terms, args) -> rows(Combining.rows(someLists("with_nested", terms))))
        .add(
            "subelements",
            "",
            "pairs of an item and each entry of a list in it",
            (terms, args) -> Subelements.of(Values.items(terms)))
        .add(
            "sequence",
            "start? end? count? stride? format?",
            "numbers in a row, as text",
            (terms, args) -> Sequence.of(Values.items(terms), args))
        .add("random_choice", "", "one of the terms", (terms, args) -> anyOf(Values.items(terms)));
  }

  private static List<@Nullable Object> opened(List<@Nullable Object> terms) {
    List<@Nullable Object> items = new ArrayList<>();
    for (Object term : terms) {
      if (term instanceof List<?> list) {
        items.addAll(list);
      } else {
        items.add(term);
      }
    }
    return items;
  }

  private static List<List<@Nullable Object>> someLists(String loop, @Nullable Object terms) {
    List<List<@Nullable Object>> lists = lists(terms);
    if (lists.isEmpty()) {
      throw Refusal.because(loop + " requires at least one element in each list");
    }
    return lists;
  }

  private static List<List<@Nullable Object>> lists(@Nullable Object terms) {
    List<List<@Nullable Object>> lists = new ArrayList<>();
    for (Object term : Values.items(terms)) {
      lists.add(
          term instanceof List<?> || term instanceof Map<?, ?>
              ? Values.items(term)
              : Values.copy(java.util.Arrays.asList(term)));
    }
    return lists;
  }

  private static List<@Nullable Object> rows(List<?> rows) {
    List<@Nullable Object> lists = new ArrayList<>();
    rows.forEach(row -> lists.add(opened(Values.items(row))));
    return lists;
  }

  private static List<@Nullable Object> dict(List<@Nullable Object> terms) {
    List<@Nullable Object> entries = new ArrayList<>();
    for (Object term : terms) {
      if (!(term instanceof Map<?, ?> map)) {
        throw Refusal.because(
            "with_dict expects a dict, not a value of type `" + Values.typeName(term) + "`");
      }
      map.forEach(
          (key, value) -> {
            Map<Object, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("value", value);
            entries.add(entry);
          });
    }
    return entries;
  }

  private static List<@Nullable Object> indexed(List<@Nullable Object> items) {
    List<@Nullable Object> pairs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      pairs.add(Values.copy(new Tuple((long) i, items.get(i))));
    }
    return pairs;
  }

  private static List<@Nullable Object> anyOf(List<@Nullable Object> items) {
    List<@Nullable Object> one = new ArrayList<>();
    if (!items.isEmpty()) {
      one.add(items.get(new Random().nextInt(items.size())));
    }
    return one;
  }
}
