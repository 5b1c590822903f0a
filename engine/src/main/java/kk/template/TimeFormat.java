package kk.template;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// C's `strftime` and `strptime` formats.
final class TimeFormat {
  private TimeFormat() {}

  static String write(String format, ZonedDateTime time) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        out.append(field(format.charAt(++i), time));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String digits(long number, int width) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String field(char field, ZonedDateTime time) {
    return switch (field) {
      case 'Y' -> Integer.toString(time.getYear());
      case 'y' -> digits(time.getYear() % 100, 2);
      case 'm' -> digits(time.getMonthValue(), 2);
      case 'd' -> digits(time.getDayOfMonth(), 2);
      case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
      case 'H' -> digits(time.getHour(), 2);
      case 'I' -> digits((time.getHour() + 11) % 12 + 1, 2);
      case 'M' -> digits(time.getMinute(), 2);
      case 'S' -> digits(time.getSecond(), 2);
      case 'f' -> digits(time.getNano() / 1000, 6);
      case 'j' -> digits(time.getDayOfYear(), 3);
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
      case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
      case 'V' -> digits(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
      case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
      case 's' -> Long.toString(time.toEpochSecond());
      case 'z' -> time.format(java.time.format.DateTimeFormatter.ofPattern("xx", Locale.ROOT));
      case 'Z' ->
          time.getZone().equals(ZoneOffset.UTC)
              ? "UTC"
              : time.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'F' -> write("%Y-%m-%d", time);
      case 'T' -> write("%H:%M:%S", time);
      case 'R' -> write("%H:%M", time);
      case 'D', 'x' -> write("%m/%d/%y", time);
      case 'X' -> write("%H:%M:%S", time);
      case 'c' -> write("%a %b %e %H:%M:%S %Y", time);
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> "%" + field;
    };
  }

  /// Reads a time in the given format.
  static LocalDateTime read(String text, String format) {
    LocalDateTime time = LocalDateTime.of(1900, 1, 1, 0, 0);
    int at = 0;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        if (!text.startsWith(String.valueOf(c), at)) {
          throw unfit(text, format);
        }
        at++;
        continue;
      }
      char field = format.charAt(++i);
      int end = at;
      int most = field == 'Y' ? 4 : field == 'f' ? 6 : field == 'j' ? 3 : 2;
      while (end < text.length() && end - at < most && Character.isDigit(text.charAt(end))) {
        end++;
      }
      if (end == at) {
        throw unfit(text, format);
      }
      time = set(time, field, text.substring(at, end), format);
      at = end;
    }
    if (at < text.length()) {
      throw unfit(text, format);
    }
    return time;
  }

  private static LocalDateTime set(LocalDateTime time, char field, String digits, String format) {
    int number = Integer.parseInt(digits);
    try {
      return switch (field) {
        case 'Y' -> time.withYear(number);
        case 'y' -> time.withYear(number < 69 ? 2000 + number : 1900 + number);
        case 'm' -> time.withMonth(number);
        case 'd' -> time.withDayOfMonth(number);
        case 'H' -> time.withHour(number);
        case 'M' -> time.withMinute(number);
        case 'S' -> time.withSecond(number);
        case 'j' -> time.withDayOfYear(number);
        case 'f' ->
            time.with(
                ChronoField.MICRO_OF_SECOND, Long.parseLong((digits + "00000").substring(0, 6)));
        default -> throw Refusal.because("`%" + field + "` can't be read, only written");
      };
    } catch (java.time.DateTimeException e) {
      throw unfit(digits, format);
    }
  }

  private static Refusal unfit(String text, String format) {
    return Refusal.because("`" + text + "` is no time in the format `" + format + "`");
  }
}
