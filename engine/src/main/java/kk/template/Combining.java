package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Combines the items of several lists.
final class Combining {
  private static final int MOST = 1_000_000;

  private Combining() {}

  private static List<List<@Nullable Object>> lists(@Nullable Object input, Arguments args) {
    List<List<@Nullable Object>> lists = new ArrayList<>();
    lists.add(Values.items(input));
    args.more().forEach(more -> lists.add(Values.items(more)));
    return lists;
  }

  static List<@Nullable Object> zip(@Nullable Object input, Arguments args, boolean longest) {
    return zip(lists(input, args), longest, args.value("fillvalue"));
  }

  static List<@Nullable Object> zip(
      List<List<@Nullable Object>> lists, boolean longest, @Nullable Object fill) {
    int shortestSize = lists.stream().mapToInt(List::size).min().orElse(0);
    int longestSize = lists.stream().mapToInt(List::size).max().orElse(0);
    List<@Nullable Object> rows = new ArrayList<>();
    for (int i = 0; i < (longest ? longestSize : shortestSize); i++) {
      int index = i;
      rows.add(
          new Tuple(
              lists.stream().map(list -> index < list.size() ? list.get(index) : fill).toArray()));
    }
    return rows;
  }

  static List<@Nullable Object> product(@Nullable Object input, Arguments args) {
    List<List<@Nullable Object>> once = lists(input, args);
    List<List<@Nullable Object>> lists = new ArrayList<>();
    for (int i = 0; i < args.integer("repeat", 1); i++) {
      lists.addAll(once);
    }
    List<@Nullable Object> tuples = new ArrayList<>();
    rows(lists).forEach(row -> tuples.add(new Tuple(row.toArray())));
    return tuples;
  }

  /// One item of each list, in all ways, the last list changing fastest.
  static List<List<@Nullable Object>> rows(List<List<@Nullable Object>> lists) {
    List<List<@Nullable Object>> rows = List.of(List.of());
    for (List<@Nullable Object> list : lists) {
      if ((long) rows.size() * list.size() > MOST) {
        throw Refusal.because("there are too many combinations");
      }
      List<List<@Nullable Object>> longer = new ArrayList<>();
      for (List<@Nullable Object> row : rows) {
        for (Object item : list) {
          List<@Nullable Object> extended = Values.copy(row);
          extended.add(item);
          longer.add(extended);
        }
      }
      rows = longer;
    }
    return rows;
  }

  static List<@Nullable Object> permutations(List<@Nullable Object> items, Arguments args) {
    List<@Nullable Object> found = new ArrayList<>();
    choose(
        items,
        args.value("r") == null ? items.size() : args.integer("r", 0, 0),
        true,
        new ArrayList<>(),
        found);
    return found;
  }

  static List<@Nullable Object> combinations(List<@Nullable Object> items, Arguments args) {
    List<@Nullable Object> found = new ArrayList<>();
    choose(items, args.integer("r", 0, 0), false, new ArrayList<>(), found);
    return found;
  }

  private static void choose(
      List<@Nullable Object> items,
      int count,
      boolean anyOrder,
      List<Integer> chosen,
      List<@Nullable Object> found) {
    if (chosen.size() == count) {
      if (found.size() == MOST) {
        throw Refusal.because("there are too many combinations");
      }
      found.add(new Tuple(chosen.stream().map(items::get).toArray()));
      return;
    }
    int from = anyOrder || chosen.isEmpty() ? 0 : chosen.getLast() + 1;
    for (int i = from; i < items.size(); i++) {
      if (!anyOrder || !chosen.contains(i)) {
        chosen.add(i);
        choose(items, count, anyOrder, chosen, found);
        chosen.removeLast();
      }
    }
  }

  static List<@Nullable Object> subelements(@Nullable Object input, Arguments args) {
    List<?> elements =
        input instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : Values.items(input);
    Object path = args.value("subelements");
    String dotted =
        path instanceof List<?> steps
            ? String.join(".", steps.stream().map(Printing::text).toList())
            : Printing.text(path);
    List<@Nullable Object> pairs = new ArrayList<>();
    for (Object element : elements) {
      Object inner = args.evaluator().path(element, dotted);
      if (inner instanceof Undefined undefined) {
        if (args.flag("skip_missing", false)) {
          continue;
        }
        throw undefined.failure();
      }
      if (!(inner instanceof List<?> list)) {
        throw Refusal.because(
            "`"
                + dotted
                + "` must be a list, not a value of type `"
                + Values.typeName(inner)
                + "`");
      }
      list.forEach(item -> pairs.add(new Tuple(element, item)));
    }
    return pairs;
  }
}
