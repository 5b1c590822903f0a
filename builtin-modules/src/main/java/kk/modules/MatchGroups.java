package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the groups of a regular expression in Python's notation found. Names of groups may be any
/// that Python takes, so they are kept apart from the pattern.
///
/// @param pattern the same without names
/// @param names of groups, with their numbers
record MatchGroups(Pattern pattern, Map<String, Integer> names) {
  private static final Pattern GROUP =
      Pattern.compile(
          "\\\\.|\\[\\^?]?(?:\\\\.|[^]\\\\])*]|\\(\\?P<(\\w+)>|\\(\\?P=(\\w+)\\)|\\((?!\\?)");

  /// @throws IllegalArgumentException when it is no regular expression
  static MatchGroups of(String written) {
    Map<String, Integer> names = new LinkedHashMap<>();
    StringBuilder pattern = new StringBuilder();
    Matcher parts = GROUP.matcher(written);
    int count = 0;
    while (parts.find()) {
      String part = parts.group();
      if (parts.group(1) != null) {
        count++;
        names.put(parts.group(1), count);
        part = "(";
      } else if (parts.group(2) != null) {
        part = "(?:\\" + names.get(parts.group(2)) + ")";
      } else if (part.equals("(")) {
        count++;
      }
      parts.appendReplacement(pattern, Matcher.quoteReplacement(part));
    }
    String plain = parts.appendTail(pattern).toString();
    HostText.checkPattern(plain);
    return new MatchGroups(Pattern.compile(plain, Pattern.MULTILINE), names);
  }

  /// All groups in their order, and those with a name, as far as the pattern is found in a text.
  Map<String, Object> in(String text) {
    List<@Nullable Object> all = new ArrayList<>();
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    Matcher matcher = pattern.matcher(text);
    if (matcher.find()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        all.add(matcher.group(i));
      }
      names.forEach((name, number) -> named.put(name, matcher.group(number)));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("match_groups", all);
    values.put("match_groupdict", named);
    return values;
  }
}
