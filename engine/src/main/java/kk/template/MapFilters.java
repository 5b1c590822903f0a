package kk.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Filters about maps.
final class MapFilters {
  private MapFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .addTolerant(
            "items",
            "",
            "pairs of key and value",
            (input, args) ->
                input instanceof Undefined
                    ? new ArrayList<>()
                    : ContainerMethods.items(map(input, "items")))
        .add(
            "dict2items",
            "key_name? value_name?",
            "a list of maps with `key` and `value`",
            (input, args) -> toItems(map(input, "dict2items"), args))
        .add(
            "items2dict",
            "key_name? value_name?",
            "a map of a list of maps with `key` and `value`",
            (input, args) -> ofItems(input, args))
        .add(
            "dictsort",
            "case_sensitive? by? reverse?",
            "pairs of key and value in order",
            (input, args) -> sorted(map(input, "dictsort"), args))
        .addTolerant(
            "combine",
            "maps* **",
            "several maps as one, the later ones winning",
            (input, args) -> MapMerge.combine(input, args))
        .add(
            "extract",
            "container morekeys?",
            "what a map or list has under this key",
            (input, args) -> extract(input, args))
        .add(
            "rekey_on_member",
            "key duplicates?",
            "a map of maps by the value of one of their keys",
            (input, args) -> rekey(input, args));
  }

  private static Map<?, ?> map(@Nullable Object input, String filter) {
    if (input instanceof Map<?, ?> map) {
      return map;
    }
    throw Refusal.because(
        "`" + filter + "` needs a map, not a value of type `" + Values.typeName(input) + "`");
  }

  private static List<@Nullable Object> toItems(Map<?, ?> map, Arguments args) {
    List<@Nullable Object> items = new ArrayList<>();
    Object keyName = name(args, "key_name", "key");
    Object valueName = name(args, "value_name", "value");
    map.forEach(
        (key, value) -> {
          Map<@Nullable Object, @Nullable Object> item = new LinkedHashMap<>();
          item.put(keyName, key);
          item.put(valueName, value);
          items.add(item);
        });
    return items;
  }

  private static @Nullable Object name(Arguments args, String argument, String otherwise) {
    Object name = args.value(argument, otherwise);
    if (name instanceof List<?> || name instanceof Map<?, ?>) {
      throw Refusal.argument(
          "`" + argument + "` can't be a value of type `" + Values.typeName(name) + "`");
    }
    return name;
  }

  private static Map<Object, @Nullable Object> ofItems(@Nullable Object input, Arguments args) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Object item : Values.items(input)) {
      Map<?, ?> entry = map(item, "items2dict");
      String key = args.text("key_name", "key");
      String value = args.text("value_name", "value");
      if (!entry.containsKey(key) || !entry.containsKey(value)) {
        throw Refusal.because("`items2dict` needs `" + key + "` and `" + value + "` in every item");
      }
      map.put(entry.get(key), entry.get(value));
    }
    return map;
  }

  private static List<@Nullable Object> sorted(Map<?, ?> map, Arguments args) {
    int index = args.oneOf("by", "key", "value").equals("key") ? 0 : 1;
    boolean sensitive = args.flag("case_sensitive", false);
    List<@Nullable Object> pairs = ContainerMethods.items(map);
    Comparator<@Nullable Object> order =
        (a, b) -> Comparing.order(plain(a, index, sensitive), plain(b, index, sensitive));
    pairs.sort(args.integer("reverse", 0) != 0 ? order.reversed() : order);
    return pairs;
  }

  private static @Nullable Object plain(@Nullable Object pair, int index, boolean sensitive) {
    Object value = pair instanceof Tuple tuple ? tuple.get(index) : null;
    return value instanceof String text && !sensitive ? text.toLowerCase(Locale.ROOT) : value;
  }

  private static @Nullable Object extract(@Nullable Object input, Arguments args) {
    List<@Nullable Object> keys = new ArrayList<>();
    keys.add(input);
    Object more = args.value("morekeys");
    if (more instanceof List<?> list) {
      keys.addAll(list);
    } else if (more != null) {
      keys.add(more);
    }
    Object value = args.value("container");
    for (Object key : keys) {
      Access.Found found = Access.key(value, key);
      if (!found.exists()) {
        return args.evaluator().missing("there is no `" + Printing.text(key) + "`");
      }
      value = found.value();
    }
    return value;
  }

  private static Map<Object, @Nullable Object> rekey(@Nullable Object input, Arguments args) {
    List<?> entries =
        input instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : Values.items(input);
    boolean overwrite = args.oneOf("duplicates", "error", "overwrite").equals("overwrite");
    Map<Object, @Nullable Object> result = new LinkedHashMap<>();
    for (Object entry : entries) {
      Map<?, ?> map = map(entry, "rekey_on_member");
      Object key = map.get(args.value("key"));
      if (!map.containsKey(args.value("key"))) {
        throw Refusal.because("there is no key `" + args.shown("key") + "` in every item");
      }
      if (result.put(key, map) != null && !overwrite) {
        throw Refusal.because("the key `" + Printing.text(key) + "` comes twice");
      }
    }
    return result;
  }
}
