package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Merges maps as `combine` does.
///
/// @param recursive whether maps inside are merged too, rather than replaced
/// @param lists what happens to a list that is in both
record MapMerge(boolean recursive, String lists) {
  private static final Set<String> WAYS =
      Set.of("replace", "keep", "append", "prepend", "append_rp", "prepend_rp");

  static Map<Object, @Nullable Object> combine(@Nullable Object input, Arguments args) {
    Map<String, @Nullable Object> options = args.other();
    for (String name : options.keySet()) {
      if (!name.equals("recursive") && !name.equals("list_merge")) {
        throw Refusal.argument(
            "`combine` has no argument `" + name + "`; it takes maps, recursive, list_merge");
      }
    }
    String lists = Printing.text(options.getOrDefault("list_merge", "replace"));
    if (!WAYS.contains(lists)) {
      throw Refusal.argument(
          "`list_merge` must be one of "
              + String.join(", ", new java.util.TreeSet<>(WAYS))
              + ", not `"
              + lists
              + "`");
    }
    MapMerge merge = new MapMerge(Values.isTrue(options.get("recursive")), lists);
    List<Map<?, ?>> maps = new ArrayList<>();
    add(input, maps);
    args.more().forEach(more -> add(more, maps));
    Map<Object, @Nullable Object> result = new LinkedHashMap<>();
    for (Map<?, ?> map : maps) {
      merge.into(result, map);
    }
    return result;
  }

  private static void add(@Nullable Object value, List<Map<?, ?>> maps) {
    switch (Undefined.refuse(value)) {
      case Map<?, ?> map -> maps.add(map);
      case List<?> list -> list.forEach(item -> add(item, maps));
      case null -> {}
      default ->
          throw Refusal.because(
              "`combine` needs maps, not a value of type `" + Values.typeName(value) + "`");
    }
  }

  private void into(Map<Object, @Nullable Object> result, Map<?, ?> map) {
    map.forEach(
        (key, value) ->
            result.put(key, result.containsKey(key) ? merged(result.get(key), value) : value));
  }

  private @Nullable Object merged(@Nullable Object old, @Nullable Object added) {
    if (recursive && old instanceof Map<?, ?> a && added instanceof Map<?, ?> b) {
      Map<Object, @Nullable Object> both = new LinkedHashMap<>(a);
      into(both, b);
      return both;
    }
    if (old instanceof List<?> a && added instanceof List<?> b) {
      return switch (lists) {
        case "keep" -> a;
        case "append" -> joined(a, b);
        case "prepend" -> joined(b, a);
        case "append_rp" -> joined(without(a, b), b);
        case "prepend_rp" -> joined(b, without(a, b));
        default -> b;
      };
    }
    return added;
  }

  private static List<@Nullable Object> joined(List<?> a, List<?> b) {
    List<@Nullable Object> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  private static List<?> without(List<?> a, List<?> b) {
    return a.stream().filter(item -> Comparing.indexOf(b, item) < 0).toList();
  }
}
