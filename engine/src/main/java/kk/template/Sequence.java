package kk.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The lookup `sequence`: `start=0 end=10 stride=2 format=host%02d`, or in short `0-10/2:host%02d`.
final class Sequence {
  private static final Pattern SHORT =
      Pattern.compile("(?:(-?\\w+)\\s*-)?\\s*(-?\\w+)\\s*(?:/\\s*(-?\\w+))?(?::(.*))?");
  private static final List<String> OPTIONS = List.of("start", "end", "count", "stride", "format");
  private static final int LONGEST = 100_000;

  private final Map<String, @Nullable Object> options = new HashMap<>();

  private Sequence() {}

  static List<@Nullable Object> of(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> numbers = new ArrayList<>();
    if (terms.isEmpty() && OPTIONS.stream().anyMatch(args::has)) {
      numbers.addAll(new Sequence().with(args).numbers());
    }
    for (Object term : terms) {
      Sequence sequence = new Sequence();
      if (term instanceof Map<?, ?> map) {
        map.forEach((key, value) -> sequence.options.put(Printing.text(key), value));
        sequence.refuseUnknown();
      } else {
        sequence.read(TextFilters.needed(term, "sequence"));
      }
      numbers.addAll(sequence.with(args).numbers());
    }
    return numbers;
  }

  private Sequence with(Arguments args) {
    for (String name : OPTIONS) {
      if (args.has(name)) {
        options.put(name, args.value(name));
      }
    }
    return this;
  }

  private void read(String term) {
    if (term.indexOf('=') >= 0) {
      for (String word : Splitting.words(term)) {
        List<String> pair = Splitting.on(word, "=", 1);
        options.put(pair.getFirst(), pair.getLast());
      }
      refuseUnknown();
      return;
    }
    Matcher matcher = SHORT.matcher(term.strip());
    if (!matcher.matches()) {
      throw Refusal.because("`" + term + "` is no sequence such as `1-10` or `start=1 end=10`");
    }
    put("start", matcher.group(1));
    put("end", matcher.group(2));
    put("stride", matcher.group(3));
    put("format", matcher.group(4));
  }

  private void refuseUnknown() {
    List<@Nullable Object> unknown = new ArrayList<>(options.keySet());
    unknown.removeAll(OPTIONS);
    if (!unknown.isEmpty()) {
      throw Refusal.because("unrecognized arguments to with_sequence: " + Printing.text(unknown));
    }
  }

  private void put(String name, @Nullable String value) {
    if (value != null) {
      options.put(name, value);
    }
  }

  private long number(String name, long otherwise) {
    Object value = options.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Long.decode(Printing.text(value));
    } catch (NumberFormatException e) {
      throw Refusal.because(
          "Invalid type for `"
              + name
              + "` of the sequence: it takes a whole number, not `"
              + Printing.text(value)
              + "`");
    }
  }

  private List<@Nullable Object> numbers() {
    long start = number("start", 1);
    long stride = number("stride", 1);
    boolean counted = options.containsKey("count");
    if (counted == options.containsKey("end")) {
      throw Refusal.because(
          counted
              ? "can't specify both count and end in with_sequence"
              : "must specify count or end in with_sequence");
    }
    long count = number("count", 0);
    long end = counted ? start + (count - 1) * stride : number("end", 0);
    String format = Printing.text(options.getOrDefault("format", "%d"));
    if (stride == 0 || (counted && count == 0)) {
      return new ArrayList<>();
    }
    check(start, end, stride, format);
    List<@Nullable Object> numbers = new ArrayList<>();
    for (long i = start; stride > 0 ? i <= end : i >= end; i += stride) {
      if (numbers.size() == LONGEST) {
        throw Refusal.because("a sequence can't have more than " + LONGEST + " numbers");
      }
      numbers.add(PercentFormat.apply(format, i));
    }
    return numbers;
  }

  private static void check(long start, long end, long stride, String format) {
    if (stride > 0 && end < start) {
      throw Refusal.because("to count backwards make stride negative");
    }
    if (stride < 0 && end > start) {
      throw Refusal.because("to count forward don't make stride negative");
    }
    if (format.chars().filter(c -> c == '%').count() != 1) {
      throw Refusal.because("bad formatting string: " + format);
    }
  }
}
