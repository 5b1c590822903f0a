package kk.spi;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A format that times are read in, `strptime`'s as Python has it: names of months and days in
/// English, whatever their case; white space stands for any white space.
public final class TimePattern {
  private final String format;
  private final Pattern pattern;
  private final List<Character> fields = new ArrayList<>();

  /// @throws IllegalArgumentException with a sentence when a field of it can't be read
  public TimePattern(String format) {
    this.format = format;
    StringBuilder regex = new StringBuilder();
    StringBuilder whole = new StringBuilder(format);
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      if (Character.isWhitespace(c)) {
        regex.append("\\s+");
      } else if (c != '%' || i + 1 == whole.length()) {
        regex.append(Pattern.quote(String.valueOf(c)));
      } else if (whole.charAt(++i) == '%') {
        regex.append('%');
      } else {
        char field = whole.charAt(i);
        String longer = spelledOut(field);
        whole.insert(i + 1, longer);
        if (longer.isEmpty()) {
          fields.add(field);
          regex.append('(').append(shape(field)).append(')');
        }
      }
    }
    this.pattern = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
  }

  /// The time that a text means. What the format doesn't tell is that of the first of January 1900,
  /// at midnight.
  ///
  /// @throws IllegalArgumentException with a sentence when the text isn't in this format
  public LocalDateTime read(String text) {
    Matcher found = pattern.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is no time in the format `" + format + "`");
    }
    try {
      // a day may be one that only its own year and month have
      LocalDateTime time = LocalDateTime.of(1900, 1, 1, 0, 0);
      for (String turn : List.of("Yy", "mbBh", "dejHMSfI", "p")) {
        for (int i = 0; i < fields.size(); i++) {
          if (turn.indexOf(fields.get(i)) >= 0) {
            time = with(time, fields.get(i), found.group(i + 1));
          }
        }
      }
      return time;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "`" + text + "` is no time that there is, in the format `" + format + "`", e);
    }
  }

  private static String spelledOut(char field) {
    return switch (field) {
      case 'F' -> "%Y-%m-%d";
      case 'D', 'x' -> "%m/%d/%y";
      case 'T', 'X' -> "%H:%M:%S";
      case 'R' -> "%H:%M";
      case 'c' -> "%a %b %d %H:%M:%S %Y";
      default -> "";
    };
  }

  private static String shape(char field) {
    return switch (field) {
      case 'Y' -> "\\d{4}";
      case 'f' -> "\\d{1,6}";
      case 'j' -> "\\d{1,3}";
      case 'y', 'm', 'd', 'e', 'H', 'I', 'M', 'S' -> "\\s?\\d{1,2}";
      case 'B' -> months(TextStyle.FULL).collect(Collectors.joining("|"));
      case 'b', 'h' -> months(TextStyle.SHORT).collect(Collectors.joining("|"));
      case 'A' -> "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
      case 'a' -> "mon|tue|wed|thu|fri|sat|sun";
      case 'p' -> "am|pm";
      case 'Z' -> "utc|gmt";
      default -> throw new IllegalArgumentException("`%" + field + "` can't be read, only written");
    };
  }

  private static Stream<String> months(TextStyle style) {
    return Arrays.stream(Month.values()).map(m -> m.getDisplayName(style, Locale.ENGLISH));
  }

  private static LocalDateTime with(LocalDateTime time, char field, String text) {
    return switch (field) {
      case 'b', 'h' -> time.withMonth(month(text, TextStyle.SHORT));
      case 'B' -> time.withMonth(month(text, TextStyle.FULL));
      case 'p' -> time.with(ChronoField.AMPM_OF_DAY, text.equalsIgnoreCase("pm") ? 1 : 0);
      case 'f' ->
          time.with(ChronoField.MICRO_OF_SECOND, Long.parseLong((text + "00000").substring(0, 6)));
      default -> with(time, field, Integer.parseInt(text.strip()));
    };
  }

  private static LocalDateTime with(LocalDateTime time, char field, int number) {
    return switch (field) {
      case 'y' -> time.withYear(number < 69 ? 2000 + number : 1900 + number);
      case 'Y' -> time.withYear(number);
      case 'm' -> time.withMonth(number);
      case 'j' -> time.withDayOfYear(number);
      case 'H' -> time.withHour(number);
      case 'I' -> time.with(ChronoField.CLOCK_HOUR_OF_AMPM, number);
      case 'M' -> time.withMinute(number);
      case 'S' -> time.withSecond(number);
      default -> time.withDayOfMonth(number);
    };
  }

  private static int month(String name, TextStyle style) {
    return (int) months(style).takeWhile(month -> !month.equalsIgnoreCase(name)).count() + 1;
  }
}
