package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kk.problem.Problem;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// The way into a value: keys, positions, slices, methods. It asks a container for the one entry
/// that is wanted and nothing else.
final class Access {
  private static final Set<String> LIST_CHANGES =
      Set.of("append", "extend", "insert", "pop", "remove", "reverse", "sort", "clear");
  private static final Set<String> MAP_CHANGES =
      Set.of("update", "pop", "popitem", "setdefault", "clear");

  private Access() {}

  record Found(boolean exists, @Nullable Object value) {
    static final Found NOTHING = new Found(false, null);
  }

  static @Nullable Catalogue methods(@Nullable Object value, Library library) {
    return switch (value) {
      case String text -> library.textMethods();
      case Map<?, ?> map -> library.mapMethods();
      case List<?> list -> library.listMethods();
      case null, default -> null;
    };
  }

  /// Whether a method changes the value it belongs to.
  static boolean changes(String method, Object receiver) {
    return receiver instanceof Map<?, ?>
        ? MAP_CHANGES.contains(method)
        : receiver instanceof List<?> && LIST_CHANGES.contains(method);
  }

  static Found key(@Nullable Object of, @Nullable Object key) {
    return switch (of) {
      case Map<?, ?> map -> {
        Object value = key == null ? null : map.get(key);
        boolean exists = value != null || (key != null && map.containsKey(key));
        yield exists ? new Found(true, value) : Found.NOTHING;
      }
      case Attributes attributes -> {
        yield key instanceof String name && attributes.attributeNames().contains(name)
            ? new Found(true, attributes.attribute(name))
            : Found.NOTHING;
      }
      case List<?> list -> {
        int index = index(key, list.size());
        yield index < 0 ? Found.NOTHING : new Found(true, list.get(index));
      }
      case String text -> {
        int[] characters = text.codePoints().toArray();
        int index = index(key, characters.length);
        yield index < 0 ? Found.NOTHING : new Found(true, Character.toString(characters[index]));
      }
      case null, default -> Found.NOTHING;
    };
  }

  private static int index(@Nullable Object key, int size) {
    long wanted =
        switch (key) {
          case Long number -> number;
          case Boolean flag -> flag ? 1 : 0;
          case null, default -> Long.MAX_VALUE;
        };
    long index = wanted < 0 ? wanted + size : wanted;
    return index >= 0 && index < size ? (int) index : -1;
  }

  static Object slice(
      @Nullable Object of, @Nullable Long from, @Nullable Long to, @Nullable Long by) {
    boolean text = of instanceof String;
    if (!text && !(of instanceof List<?>)) {
      throw Refusal.because("a value of type `" + Values.typeName(of) + "` has no slices");
    }
    List<?> all = of instanceof List<?> list ? list : Values.items(of);
    long step = by == null ? 1 : by;
    if (step == 0) {
      throw Refusal.because("the step of a slice can't be zero");
    }
    int size = all.size();
    long start = limit(from, step > 0 ? 0 : size - 1, size, step);
    long end = limit(to, step > 0 ? size : -1, size, step);
    List<@Nullable Object> part = new ArrayList<>();
    for (long i = start; step > 0 ? i < end : i > end; i += step) {
      part.add(all.get((int) i));
    }
    if (text) {
      StringBuilder joined = new StringBuilder();
      part.forEach(joined::append);
      return joined.toString();
    }
    return of instanceof Tuple ? new Tuple(part.toArray()) : part;
  }

  private static long limit(@Nullable Long bound, long otherwise, int size, long step) {
    if (bound == null) {
      return otherwise;
    }
    long index = bound < 0 ? bound + size : bound;
    return step > 0 ? Math.clamp(index, 0, size) : Math.clamp(index, -1, size - 1);
  }

  /// The problem of a key that isn't there.
  static Problem missing(Span at, Node ofNode, @Nullable Object of, @Nullable Object key) {
    String owner = described(ofNode);
    String shown = Printing.text(key);
    if (of instanceof Map<?, ?> map) {
      List<String> keys = new ArrayList<>();
      map.keySet().forEach(known -> keys.add(Printing.text(known)));
      return undefined(at, owner + " has no key `" + shown + "`").suggest(shown, keys);
    }
    if (of instanceof Attributes attributes) {
      return undefined(at, owner + " has no `" + shown + "`")
          .suggest(shown, attributes.attributeNames());
    }
    if (of instanceof List<?> list && key instanceof Long) {
      String size = list.isEmpty() ? "it is empty" : "it has " + list.size() + " items, from 0 on";
      return undefined(at, owner + " has no item `" + shown + "`").note(size);
    }
    return undefined(at, owner + " has no `" + shown + "`")
        .note("it is a value of type `" + Values.typeName(of) + "`");
  }

  private static Problem undefined(Span at, String title) {
    return Problem.of("undefined-variable", at, title);
  }

  /// How to speak of the value of a node: the way it was written, when that is short.
  static String described(Node node) {
    String path = path(node);
    return path == null ? "the value" : "`" + path + "`";
  }

  private static @Nullable String path(Node node) {
    return switch (node) {
      case Node.Name name -> name.name();
      case Node.Attribute attribute -> {
        String of = path(attribute.of());
        yield of == null ? null : of + "." + attribute.name();
      }
      case Node.Item item -> {
        String of = path(item.of());
        Object key = item.key() instanceof Node.Literal literal ? literal.value() : null;
        yield of == null || key == null ? null : of + "[" + Printing.quoted(key) + "]";
      }
      case Node.Literal literal -> null;
      case Node.Body body -> null;
      case Node.ListOf list -> null;
      case Node.TupleOf tuple -> null;
      case Node.MapOf map -> null;
      case Node.Slice slice -> null;
      case Node.Call call -> null;
      case Node.Filtered filtered -> null;
      case Node.Tested tested -> null;
      case Node.Signed signed -> null;
      case Node.Binary binary -> null;
      case Node.Comparison comparison -> null;
      case Node.Not not -> null;
      case Node.And and -> null;
      case Node.Or or -> null;
      case Node.Choice choice -> null;
    };
  }
}
