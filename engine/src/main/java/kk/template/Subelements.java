package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lookup `subelements`: each item of a list of mappings with each entry of a list in it. Items
/// that a task has skipped are passed over.
final class Subelements {
  private static final String TERMS = "subelements lookup expects a list of two or three items";

  private final List<String> path;
  private final boolean skipsMissing;

  private Subelements(String path, boolean skipsMissing) {
    this.path = Splitting.on(path, ".");
    this.skipsMissing = skipsMissing;
  }

  /// @param terms the items, the name of the list with dots on the way to it, and perhaps a mapping
  ///     with `skip_missing`
  static List<@Nullable Object> of(List<@Nullable Object> terms) {
    if (terms.size() < 2 || terms.size() > 3) {
      throw Refusal.because(TERMS + ", not " + terms.size());
    }
    Object items = terms.get(0);
    if (items instanceof Boolean || !(terms.get(1) instanceof String path)) {
      throw Refusal.because(
          TERMS + ", first a dict or a list, second a string pointing to the subkey");
    }
    Object flags = terms.size() > 2 ? terms.get(2) : Map.of();
    if (!(flags instanceof Map<?, ?> named)) {
      throw Refusal.because(TERMS + ", the optional third item must be a dict with skip_missing");
    }
    return new Subelements(path, Values.isTrue(named.get("skip_missing"))).rows(items);
  }

  private List<@Nullable Object> rows(@Nullable Object given) {
    List<@Nullable Object> rows = new ArrayList<>();
    if (isSkipped(given)) {
      return rows;
    }
    List<?> items =
        switch (given) {
          case Map<?, ?> map -> new ArrayList<>(map.values());
          case List<?> list -> list;
          case null, default -> Values.copy(new Tuple(given));
        };
    for (Object item : items) {
      if (!(item instanceof Map<?, ?> map)) {
        throw Refusal.because(
            "subelements lookup expects a dictionary, got '" + Printing.text(item) + "'");
      }
      if (!isSkipped(map)) {
        Object rest = without(map, 0);
        list(map).forEach(entry -> rows.add(Values.copy(new Tuple(rest, entry))));
      }
    }
    return rows;
  }

  /// Whether this is the result of a task that was skipped.
  private static boolean isSkipped(@Nullable Object value) {
    return value instanceof Map<?, ?> map && Values.isTrue(map.get("skipped"));
  }

  private List<?> list(Map<?, ?> item) {
    Map<?, ?> inside = item;
    for (String key : path.subList(0, path.size() - 1)) {
      Object next = entry(inside, key);
      if (!(next instanceof Map<?, ?> map)) {
        return none(key, next, "dictionary");
      }
      inside = map;
    }
    Object found = entry(inside, path.getLast());
    return found instanceof List<?> list ? list : none(path.getLast(), found, "list");
  }

  private @Nullable Object entry(Map<?, ?> map, String key) {
    if (!map.containsKey(key) && !skipsMissing) {
      throw Refusal.because(
          "could not find '" + key + "' key in iterated item '" + Printing.text(map) + "'");
    }
    return map.get(key);
  }

  private List<?> none(String key, @Nullable Object found, String wanted) {
    if (skipsMissing && (found == null || wanted.equals("dictionary"))) {
      return List.of();
    }
    throw Refusal.because(
        "the key " + key + " should point to a " + wanted + ", got '" + Printing.text(found) + "'");
  }

  /// An item without the list that is gone through.
  private Map<Object, @Nullable Object> without(Map<?, ?> item, int depth) {
    Map<Object, @Nullable Object> rest = new LinkedHashMap<>(item);
    String key = path.get(depth);
    if (depth == path.size() - 1) {
      rest.remove(key);
    } else if (item.get(key) instanceof Map<?, ?> inner) {
      rest.put(key, without(inner, depth + 1));
    }
    return rest;
  }
}
