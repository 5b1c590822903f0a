package kk.modules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which of the things that [FindModule] sees it lists.
final class FoundFilter {
  private final FindModule.Args args;
  private final long now;
  private final Predicate<String> wantedName;
  private final Optional<Long> age;
  private final Optional<Long> size;

  /// @param now the host's clock, in seconds
  FoundFilter(FindModule.Args args, long now) {
    this.args = args;
    this.now = now;
    Predicate<String> taken = args.patterns().map(this::anyOf).orElse(_ -> true);
    Predicate<String> left = args.excludes().map(this::anyOf).orElse(_ -> false);
    wantedName = name -> taken.test(name) && !left.test(name);
    age = args.age().map(Quantity::age);
    size = args.size().map(Quantity::size);
  }

  boolean takes(FindModule.Found found) {
    return ofType(found)
        && (args.hidden() || !found.name().startsWith("."))
        && wantedName.test(found.name())
        && oldEnough(found)
        && modeFits(found)
        && (!found.isRegular() || reaches(found.number("size"), size));
  }

  private boolean ofType(FindModule.Found found) {
    return switch (args.fileType()) {
      case FILE -> found.isRegular();
      case DIRECTORY -> found.is("isdir");
      case LINK -> found.is("islnk");
      case ANY -> true;
    };
  }

  private boolean oldEnough(FindModule.Found found) {
    String stamp = args.ageStamp().name().toLowerCase(Locale.ROOT);
    return reaches(now - found.number(stamp), age);
  }

  /// Whether a value is at least as large as wanted, or at most when the wanted one is negative.
  private static boolean reaches(long value, Optional<Long> wanted) {
    return wanted.map(w -> w >= 0 ? value >= w : value <= -w).orElse(true);
  }

  private boolean modeFits(FindModule.Found found) {
    if (args.mode().isEmpty()) {
      return true;
    }
    int wanted = Integer.parseInt(args.mode().get().octal(), 8);
    int has = Integer.parseInt(String.valueOf(found.values().get("mode")), 8);
    return args.exactMode() ? has == wanted : (has & wanted) == wanted;
  }

  private Predicate<String> anyOf(List<String> patterns) {
    List<Pattern> compiled =
        patterns.stream().map(p -> args.useRegex() ? Pattern.compile(p) : glob(p)).toList();
    return name -> compiled.stream().anyMatch(pattern -> pattern.matcher(name).lookingAt());
  }

  /// A shell pattern for whole names as a regular expression.
  private static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      int end = c == '[' ? pattern.indexOf(']', at + (pattern.startsWith("!", at) ? 2 : 1)) : -1;
      if (end > 0) {
        boolean negated = pattern.charAt(at) == '!';
        String set =
            pattern.substring(negated ? at + 1 : at, end).replaceAll("[\\\\\\[^&]", "\\\\$0");
        regex.append(negated ? "[^" : "[").append(set).append(']');
        at = end + 1;
      } else {
        regex.append(
            switch (c) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
    }
    return Pattern.compile(regex.append("\\z").toString(), Pattern.DOTALL);
  }
}
