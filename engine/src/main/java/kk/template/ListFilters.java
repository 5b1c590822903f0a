package kk.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Filters that put lists in order, take them apart and join them.
final class ListFilters {
  private ListFilters() {}

  static void addTo(Catalogue filters) {
    ends(filters);
    orders(filters);
    shapes(filters);
    random(filters);
  }

  private static void ends(Catalogue filters) {
    filters
        .add("first", "", "the first item", (input, args) -> end(input, args, true))
        .add("last", "", "the last item", (input, args) -> end(input, args, false))
        .add("join", "d? attribute?", "the items as one text", (input, args) -> join(input, args))
        .add(
            "min",
            "case_sensitive? attribute?",
            "the smallest item",
            (input, args) -> extreme(input, args, false))
        .add(
            "max",
            "case_sensitive? attribute?",
            "the largest item",
            (input, args) -> extreme(input, args, true))
        .add("sum", "attribute? start?", "the items added up", (input, args) -> sum(input, args));
  }

  private static void orders(Catalogue filters) {
    filters
        .add(
            "sort",
            "reverse? case_sensitive? attribute?",
            "in order",
            (input, args) -> sort(input, args))
        .add("reverse", "", "in the opposite order", (input, args) -> reverse(input))
        .add(
            "unique",
            "case_sensitive? attribute?",
            "every item once",
            (input, args) -> unique(input, args))
        .add(
            "groupby",
            "attribute default? case_sensitive?",
            "pairs of a value of the attribute and the items that have it",
            (input, args) -> groups(input, args));
  }

  private static void shapes(Catalogue filters) {
    filters
        .add(
            "flatten",
            "levels? skip_nulls?",
            "lists in lists as one list",
            (input, args) -> {
              List<@Nullable Object> flat = new ArrayList<>();
              flatten(
                  Values.items(input),
                  args.value("levels") != null ? args.integer("levels", 0) : Integer.MAX_VALUE,
                  args.flag("skip_nulls", true),
                  flat);
              return flat;
            })
        .add(
            "batch",
            "linecount fill_with?",
            "lists of so many items each",
            (input, args) -> batch(Values.items(input), args))
        .add(
            "slice",
            "slices fill_with?",
            "so many lists of about the same length",
            (input, args) -> slices(Values.items(input), args))
        .add(
            "zip",
            "others* strict?",
            "tuples of the first items, of the second items, and so on",
            (input, args) -> Combining.zip(input, args, false))
        .add(
            "zip_longest",
            "others* fillvalue?",
            "like zip, filled up to the longest list",
            (input, args) -> Combining.zip(input, args, true))
        .add(
            "product",
            "others* repeat?",
            "tuples of every item with every other",
            (input, args) -> Combining.product(input, args))
        .add(
            "permutations",
            "r?",
            "all orders of the items",
            (input, args) -> Combining.permutations(Values.items(input), args))
        .add(
            "combinations",
            "r",
            "all choices of so many items",
            (input, args) -> Combining.combinations(Values.items(input), args))
        .add(
            "subelements",
            "subelements skip_missing?",
            "pairs of an item and each entry of a list in it",
            (input, args) -> Combining.subelements(input, args));
  }

  private static void random(Catalogue filters) {
    filters
        .add(
            "random",
            "start? step? seed?",
            "any of the items, or a number below this one",
            (input, args) -> anyOf(input, args))
        .add(
            "shuffle",
            "seed?",
            "in any order",
            (input, args) -> {
              List<@Nullable Object> items = Values.items(input);
              Collections.shuffle(items, source(args));
              return items;
            });
  }

  private static Random source(Arguments args) {
    return args.value("seed") == null
        ? new Random()
        : new Random(args.option("seed", "").hashCode());
  }

  private static @Nullable Object end(@Nullable Object input, Arguments args, boolean first) {
    List<@Nullable Object> items = Values.items(input);
    if (items.isEmpty()) {
      return args.evaluator()
          .missing("there is no " + (first ? "first" : "last") + " item: the list is empty");
    }
    return first ? items.getFirst() : items.getLast();
  }

  private static String join(@Nullable Object input, Arguments args) {
    StringBuilder out = new StringBuilder();
    String separator = "";
    for (Object item : Values.items(input)) {
      Object shown =
          args.value("attribute") == null
              ? item
              : args.evaluator().path(item, args.value("attribute"));
      out.append(separator).append(Printing.text(Undefined.refuse(shown)));
      separator = Printing.text(args.value("d", ""));
    }
    return out.toString();
  }

  /// What an item is compared by: its attribute, in small letters unless case matters.
  private static @Nullable Object key(
      @Nullable Object item, @Nullable Object attribute, Arguments args, boolean sensitive) {
    Object key = attribute == null ? item : args.evaluator().path(item, attribute);
    if (key instanceof Undefined && args.has("default")) {
      key = args.value("default");
    }
    Undefined.refuse(key);
    return key instanceof String text && !sensitive ? text.toLowerCase(Locale.ROOT) : key;
  }

  private static @Nullable Object extreme(@Nullable Object input, Arguments args, boolean largest) {
    List<@Nullable Object> items = Values.items(input);
    if (items.isEmpty()) {
      return args.evaluator().missing("the list is empty");
    }
    boolean sensitive = args.flag("case_sensitive", false);
    Object attribute = args.value("attribute");
    Object best = items.getFirst();
    for (Object item : items) {
      int order =
          Comparing.order(
              key(item, attribute, args, sensitive), key(best, attribute, args, sensitive));
      best = largest ? (order > 0 ? item : best) : (order < 0 ? item : best);
    }
    return best;
  }

  private static @Nullable Object sum(@Nullable Object input, Arguments args) {
    Object sum = args.value("start", 0L);
    for (Object item : Values.items(input)) {
      Object part =
          args.value("attribute") == null
              ? item
              : args.evaluator().path(item, args.value("attribute"));
      sum = Operators.apply(Node.Operator.ADD, sum, Undefined.refuse(part));
    }
    return sum;
  }

  private static List<@Nullable Object> sort(@Nullable Object input, Arguments args) {
    List<@Nullable Object> items = Values.items(input);
    boolean sensitive = args.flag("case_sensitive", false);
    Object attribute = args.value("attribute");
    List<@Nullable Object> attributes = new ArrayList<>();
    if (attribute instanceof String text) {
      attributes.addAll(Splitting.on(text, ","));
    } else {
      attributes.add(attribute);
    }
    Comparator<@Nullable Object> order =
        (a, b) -> {
          for (Object by : attributes) {
            int found = Comparing.order(key(a, by, args, sensitive), key(b, by, args, sensitive));
            if (found != 0) {
              return found;
            }
          }
          return 0;
        };
    items.sort(args.integer("reverse", 0) != 0 ? order.reversed() : order);
    return items;
  }

  private static Object reverse(@Nullable Object input) {
    if (input instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    return Values.items(input).reversed();
  }

  private static List<@Nullable Object> unique(@Nullable Object input, Arguments args) {
    boolean sensitive = args.flag("case_sensitive", false);
    Distinct seen = new Distinct();
    List<@Nullable Object> unique = new ArrayList<>();
    for (Object item : Values.items(input)) {
      if (seen.add(key(item, args.value("attribute"), args, sensitive))) {
        unique.add(item);
      }
    }
    return unique;
  }

  private static List<@Nullable Object> groups(@Nullable Object input, Arguments args) {
    boolean sensitive = args.flag("case_sensitive", false);
    Object attribute = args.value("attribute");
    List<@Nullable Object> items = Values.items(input);
    items.sort(
        (a, b) ->
            Comparing.order(
                key(a, attribute, args, sensitive), key(b, attribute, args, sensitive)));
    Map<Object, List<@Nullable Object>> groups = new LinkedHashMap<>();
    Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
    for (Object item : items) {
      Object key = String.valueOf(Printing.quoted(key(item, attribute, args, sensitive)));
      shown.putIfAbsent(key, key(item, attribute, args, true));
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(item);
    }
    List<@Nullable Object> pairs = new ArrayList<>();
    groups.forEach((key, group) -> pairs.add(new Tuple(shown.get(key), group)));
    return pairs;
  }

  private static void flatten(
      List<?> items, int levels, boolean skipNulls, List<@Nullable Object> flat) {
    for (Object item : items) {
      if (skipNulls && (item == null || item.equals("None") || item.equals("null"))) {
        continue;
      }
      if (item instanceof List<?> inner && levels > 0) {
        flatten(inner, levels - 1, skipNulls, flat);
      } else {
        flat.add(item);
      }
    }
  }

  private static List<@Nullable Object> batch(List<@Nullable Object> items, Arguments args) {
    int count = args.integer("linecount", 1, 1);
    List<@Nullable Object> batches = new ArrayList<>();
    for (int from = 0; from < items.size(); from += count) {
      List<@Nullable Object> batch =
          Values.copy(items.subList(from, Math.min(from + count, items.size())));
      while (args.value("fill_with") != null && batch.size() < count) {
        batch.add(args.value("fill_with"));
      }
      batches.add(batch);
    }
    return batches;
  }

  private static List<@Nullable Object> slices(List<@Nullable Object> items, Arguments args) {
    int slices = args.integer("slices", 1, 1);
    int each = items.size() / slices;
    int longer = items.size() % slices;
    List<@Nullable Object> result = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < slices; i++) {
      int to = from + each + (i < longer ? 1 : 0);
      List<@Nullable Object> slice = Values.copy(items.subList(from, to));
      if (args.value("fill_with") != null && i >= longer && longer > 0) {
        slice.add(args.value("fill_with"));
      }
      result.add(slice);
      from = to;
    }
    return result;
  }

  private static @Nullable Object anyOf(@Nullable Object input, Arguments args) {
    Random random = source(args);
    if (input != null && Numbers.isWhole(input) && Numbers.big(input).bitLength() < Long.SIZE) {
      long end = Numbers.big(input).longValue();
      long start = args.integer("start", 0);
      long step = args.integer("step", 1, 1);
      long count = Math.ceilDiv(end - start, step);
      if (count <= 0) {
        throw Refusal.because("there is no number to choose from");
      }
      return start + step * random.nextLong(count);
    }
    if (args.has("start") || args.has("step")) {
      throw Refusal.argument("`start` and `step` of `random` go with a number only");
    }
    if (input instanceof Map<?, ?>) {
      throw Refusal.because("`random` needs a list or a number, not a map");
    }
    List<@Nullable Object> items = Values.items(input);
    return items.isEmpty()
        ? args.evaluator().missing("the list is empty")
        : items.get(random.nextInt(items.size()));
  }
}
