package kk.template;

import java.math.BigInteger;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions of the template language.
final class Functions {
  private static final int LONGEST_RANGE = 1_000_000;

  private Functions() {}

  static void addTo(Catalogue functions) {
    functions
        .add(
            "range",
            "start stop? step?",
            "whole numbers from start up to, but without, stop",
            (none, args) -> range(args))
        .add("dict", "pairs? **", "a map of the named arguments", (none, args) -> map(args))
        .add(
            "namespace",
            "values? **",
            "a value whose attributes can be set inside a loop",
            (none, args) -> new Namespace(texts(map(args))))
        .add(
            "cycler",
            "items*",
            "gives its items in turn",
            (none, args) -> new Cycler(Values.copy(args.more())))
        .add(
            "joiner",
            "sep?",
            "nothing at first, then a separator",
            (none, args) -> new Joiner(args.text("sep", ", ")))
        .add(
            "now",
            "utc? fmt?",
            "the time now, formatted when a format is given",
            (none, args) -> now(args))
        .add(
            "lookup",
            "name terms* **",
            "what a lookup finds, joined with commas",
            (none, args) -> Lookups.lookup(args, false))
        .add(
            "query q",
            "name terms* **",
            "what a lookup finds, as a list",
            (none, args) -> Lookups.lookup(args, true))
        .add(
            "undef",
            "hint?",
            "something undefined",
            (none, args) -> args.evaluator().missing(args.text("hint", "it is undefined")));
  }

  private static long whole(Arguments args, String name) {
    Object value = args.value(name);
    if (value == null || !Numbers.isWhole(value) || Numbers.big(value).bitLength() >= Long.SIZE) {
      throw Refusal.argument("`" + name + "` of `range` must be a whole number");
    }
    BigInteger number = Numbers.big(value);
    return number.longValue();
  }

  private static List<Object> range(Arguments args) {
    long first = whole(args, "start");
    boolean alone = !args.has("stop");
    long start = alone ? 0 : first;
    long stop = alone ? first : whole(args, "stop");
    long step = args.has("step") ? whole(args, "step") : 1;
    if (step == 0) {
      throw Refusal.argument("the step of `range` can't be zero");
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
      if (numbers.size() == LONGEST_RANGE) {
        throw Refusal.because("a range can't have more than " + LONGEST_RANGE + " numbers");
      }
      numbers.add(i);
    }
    return numbers;
  }

  private static Map<Object, @Nullable Object> map(Arguments args) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    Object first = args.value("pairs", args.value("values"));
    if (first instanceof Map<?, ?> entries) {
      map.putAll(entries);
    } else if (first != null) {
      for (Object pair : Values.items(first)) {
        List<@Nullable Object> both = Values.items(pair);
        if (both.size() != 2) {
          throw Refusal.argument("`dict` needs pairs of a key and a value");
        }
        map.put(Values.normal(both.get(0)), both.get(1));
      }
    }
    map.putAll(args.other());
    return map;
  }

  private static Map<String, @Nullable Object> texts(Map<Object, @Nullable Object> map) {
    Map<String, @Nullable Object> texts = new LinkedHashMap<>();
    map.forEach((key, value) -> texts.put(Printing.text(key), value));
    return texts;
  }

  private static Object now(Arguments args) {
    ZoneId zone = args.flag("utc", false) ? ZoneOffset.UTC : ZoneId.systemDefault();
    ZonedDateTime now = ZonedDateTime.now(zone);
    String format = args.text("fmt", "");
    return format.isEmpty() ? new Moment(now.toLocalDateTime()) : TimeFormat.write(format, now);
  }
}
