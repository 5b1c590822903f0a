package kk.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.PlacedMap;
import kk.source.Source;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// Reads `--set a.b[0].c=v,d=w` with Helm's meaning: commas separate, `\` takes the next character
/// literally, quotes and brackets keep commas; true, false, null and whole numbers are typed,
/// everything else stays text.
final class SetOption {
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");

  private final Problems problems;
  private final PlacedMap values = new PlacedMap();
  private final List<Assignment> assignments = new ArrayList<>();

  SetOption(Problems problems) {
    this.problems = problems;
  }

  /// One thing set.
  ///
  /// @param path keys from the outside in; an index of a list is not among them
  /// @param value what the last key gets; a list, if one of its elements was set
  record Assignment(List<String> path, @Nullable Object value, Span at) {}

  /// All that was set, put together; a later one wins.
  Map<String, Object> values() {
    return values;
  }

  List<Assignment> assignments() {
    return assignments;
  }

  /// Reads one `--set`.
  void add(String text) {
    read(text, "--set", SetOption::typed);
  }

  /// Reads one `--set-string`: every value stays text.
  void addString(String text) {
    read(text, "--set-string", (value, at) -> Template.orText(value, at, 0));
  }

  /// Takes one value for a key, whatever is in it: `--set-json`, `--set-file`, `-e @file`.
  void addValue(String key, @Nullable Object value, String option) {
    addValue(key, value, new Span(new Source(option, key), 1, 1, key.length()));
  }

  /// Takes one value for a key that is written somewhere.
  void addValue(String key, @Nullable Object value, Span at) {
    assign(path(key, at), value, at);
  }

  private interface Typing {
    @Nullable Object value(String text, Span at);
  }

  private void read(String text, String option, Typing typing) {
    Source source = new Source(option, text);
    int from = 0;
    for (int end : pieceEnds(text)) {
      piece(
          text.substring(from, end),
          new Span(source, 1, from + 1, Math.max(1, end - from)),
          typing);
      from = end + 1;
    }
  }

  private void piece(String piece, Span at, Typing typing) {
    if (piece.isBlank()) {
      return;
    }
    int equals = piece.indexOf('=');
    if (equals <= 0) {
      problems.add(
          Problem.of("set-form", at, "`" + piece + "` is not of the form key=value")
              .hint("write a comma that belongs to a value as `\\,`"));
      return;
    }
    String key = piece.substring(0, equals).strip();
    Span valueAt = new Span(at.source(), 1, at.column() + equals + 1, 1);
    String raw = piece.substring(equals + 1);
    assign(
        path(key, at.withLength(key.length())),
        typing.value(unescaped(raw), valueAt),
        at.withLength(key.length()));
  }

  /// Where pieces end: at commas that are not escaped, quoted or inside brackets.
  private static List<Integer> pieceEnds(String text) {
    List<Integer> ends = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && i > 0 && "=[{,: ".indexOf(text.charAt(i - 1)) >= 0) {
        quote = c;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth <= 0) {
        ends.add(i);
      }
    }
    ends.add(text.length());
    return ends;
  }

  private static String unescaped(String raw) {
    boolean quoted =
        raw.length() >= 2
            && (raw.charAt(0) == '"' || raw.charAt(0) == '\'')
            && raw.charAt(raw.length() - 1) == raw.charAt(0);
    String inner = quoted ? raw.substring(1, raw.length() - 1) : raw;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      boolean escapes =
          c == '\\' && i + 1 < inner.length() && ",\\\"'=".indexOf(inner.charAt(i + 1)) >= 0;
      text.append(escapes ? inner.charAt(++i) : c);
    }
    return text.toString();
  }

  private static @Nullable Object typed(String text, Span at) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> number(text, at);
    };
  }

  private static Object number(String text, Span at) {
    if (!INTEGER.matcher(text).matches()) {
      return Template.orText(text, at, 0);
    }
    BigInteger number = new BigInteger(text);
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : text;
  }

  /// A key's segments: names, and indexes of lists as `Integer`.
  private List<Object> path(String key, Span at) {
    List<Object> path = new ArrayList<>();
    for (String dotted : key.split("(?<!\\\\)\\.", -1)) {
      String name = dotted.replace("\\.", ".");
      int bracket = name.indexOf('[');
      path.add(bracket < 0 ? name : name.substring(0, bracket));
      while (bracket >= 0) {
        int end = name.indexOf(']', bracket);
        String index = end < 0 ? "" : name.substring(bracket + 1, end);
        if (!index.matches("\\d{1,4}")) {
          problems.add(Problem.of("set-form", at, "`" + key + "` has no number in its brackets"));
          return path;
        }
        path.add(Integer.valueOf(index));
        bracket = name.indexOf('[', end);
      }
    }
    if (path.stream().anyMatch(segment -> segment.equals(""))) {
      problems.add(Problem.of("set-form", at, "`" + key + "` has an empty part between its dots"));
    }
    return path;
  }

  private void assign(List<Object> path, @Nullable Object value, Span at) {
    Object result = assigned(values, path, value, at);
    if (result instanceof Map<?, ?>) {
      assignments.add(
          new Assignment(
              path.stream().filter(s -> s instanceof String).map(String::valueOf).toList(),
              path.getLast() instanceof Integer ? Collections.singletonList(value) : value,
              at));
    }
  }

  /// Puts a value into a tree; lists grow with null entries as needed.
  @SuppressWarnings("unchecked")
  private @Nullable Object assigned(
      @Nullable Object tree, List<Object> path, @Nullable Object value, Span at) {
    if (path.isEmpty()) {
      return value;
    }
    List<Object> rest = path.subList(1, path.size());
    if (path.getFirst() instanceof Integer index) {
      List<Object> list = tree instanceof List<?> old ? (List<Object>) old : new ArrayList<>();
      while (list.size() <= index) {
        list.add(null);
      }
      list.set(index, assigned(list.get(index), rest, value, at));
      return list;
    }
    if (tree != null && !(tree instanceof Map<?, ?>)) {
      problems.add(
          Problem.of(
              "set-form",
              at,
              "`" + path.getFirst() + "` can't be set below something that is no mapping"));
      return tree;
    }
    Map<String, Object> map = tree == null ? new PlacedMap() : (Map<String, Object>) tree;
    String key = String.valueOf(path.getFirst());
    Object below = assigned(map.get(key), rest, value, at);
    if (map instanceof PlacedMap placed) {
      placed.put(key, below, at);
    } else {
      map.put(key, below);
    }
    return map;
  }
}
