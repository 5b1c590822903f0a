package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The methods of lists and maps, as Python has them. Those that change their receiver are given
/// one that belongs to the rendering alone.
final class ContainerMethods {
  private ContainerMethods() {}

  static void addListMethods(Catalogue methods) {
    methods
        .add(
            "append",
            "item",
            "adds an item at the end",
            (list, args) -> {
              writable(list).add(args.value("item"));
              return null;
            })
        .add(
            "extend",
            "items",
            "adds several items at the end",
            (list, args) -> {
              writable(list).addAll(args.list("items"));
              return null;
            })
        .add(
            "insert",
            "index item",
            "adds an item before a position",
            (list, args) -> {
              int size = writable(list).size();
              int index = args.integer("index", 0);
              writable(list)
                  .add(Math.clamp(index < 0 ? index + size : index, 0, size), args.value("item"));
              return null;
            })
        .add(
            "pop",
            "index?",
            "takes an item out and gives it",
            (list, args) -> writable(list).remove(position(list(list), args.integer("index", -1))))
        .add(
            "remove",
            "item",
            "takes the first equal item out",
            (list, args) -> {
              writable(list).remove(indexOf(list(list), args.value("item")));
              return null;
            })
        .add(
            "reverse",
            "",
            "turns the order round",
            (list, args) -> {
              java.util.Collections.reverse(writable(list));
              return null;
            })
        .add(
            "sort",
            "reverse?",
            "sorts in place",
            (list, args) -> {
              writable(list)
                  .sort(
                      args.flag("reverse", false)
                          ? Comparing.ordering().reversed()
                          : Comparing.ordering());
              return null;
            })
        .add(
            "clear",
            "",
            "takes everything out",
            (list, args) -> {
              writable(list).clear();
              return null;
            })
        .add(
            "index",
            "item",
            "position of the first equal item",
            (list, args) -> (long) indexOf(list(list), args.value("item")))
        .add(
            "count",
            "item",
            "how many items are equal",
            (list, args) ->
                list(list).stream()
                    .filter(item -> Comparing.equal(item, args.value("item")))
                    .count())
        .add("copy", "", "a list of its own", (list, args) -> Values.copy(list(list)));
  }

  static void addMapMethods(Catalogue methods) {
    methods
        .add(
            "get",
            "key default?",
            "the value of a key, or the default",
            (map, args) -> {
              Access.Found found = Access.key(map, args.value("key"));
              return found.exists()
                  ? args.evaluator().session().current(found.value())
                  : args.value("default");
            })
        .add("keys", "", "the keys", (map, args) -> Values.items(map))
        .add(
            "values",
            "",
            "the values",
            (map, args) -> {
              List<@Nullable Object> values = new ArrayList<>();
              map(map).values().forEach(value -> values.add(Values.normal(value)));
              return values;
            })
        .add("items", "", "pairs of key and value", (map, args) -> items(map(map)))
        .add("copy", "", "a map of its own", (map, args) -> new LinkedHashMap<>(map(map)))
        .add(
            "update",
            "other? **",
            "takes over the entries of another map",
            (map, args) -> {
              if (args.has("other")) {
                writableMap(map).putAll(args.map("other"));
              }
              writableMap(map).putAll(args.other());
              return null;
            })
        .add(
            "setdefault",
            "key default?",
            "the value of a key, which is added when missing",
            (map, args) -> {
              if (!map(map).containsKey(args.value("key"))) {
                writableMap(map).put(args.value("key"), args.value("default"));
              }
              return map(map).get(args.value("key"));
            })
        .add(
            "pop",
            "key default?",
            "takes an entry out and gives its value",
            (map, args) -> {
              if (!map(map).containsKey(args.value("key")) && !args.has("default")) {
                throw Refusal.because("there is no key `" + args.shown("key") + "` to take out");
              }
              return map(map).containsKey(args.value("key"))
                  ? writableMap(map).remove(args.value("key"))
                  : args.value("default");
            })
        .add(
            "popitem",
            "",
            "takes the last entry out",
            (map, args) -> {
              List<?> keys = Values.items(map);
              if (keys.isEmpty()) {
                throw Refusal.because("the map is empty");
              }
              return new Tuple(keys.getLast(), writableMap(map).remove(keys.getLast()));
            })
        .add(
            "clear",
            "",
            "takes everything out",
            (map, args) -> {
              writableMap(map).clear();
              return null;
            });
  }

  static List<@Nullable Object> items(Map<?, ?> map) {
    List<@Nullable Object> items = new ArrayList<>();
    map.forEach((key, value) -> items.add(new Tuple(Values.normal(key), Values.normal(value))));
    return items;
  }

  private static int indexOf(List<?> list, @Nullable Object item) {
    int index = Comparing.indexOf(list, item);
    if (index < 0) {
      throw Refusal.because("`" + Printing.quoted(item) + "` is not in the list");
    }
    return index;
  }

  private static int position(List<?> list, int index) {
    int position = index < 0 ? index + list.size() : index;
    if (position < 0 || position >= list.size()) {
      throw Refusal.because("the list has no item " + index);
    }
    return position;
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("not a list");
  }

  private static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("not a map");
  }

  @SuppressWarnings("unchecked") // the session made it, as a list of anything
  private static List<@Nullable Object> writable(@Nullable Object value) {
    return (List<@Nullable Object>) list(value);
  }

  @SuppressWarnings("unchecked") // the session made it, as a map of anything
  private static Map<@Nullable Object, @Nullable Object> writableMap(@Nullable Object value) {
    return (Map<@Nullable Object, @Nullable Object>) map(value);
  }
}
