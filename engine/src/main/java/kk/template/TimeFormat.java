package kk.template;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// C's `strftime` formats.
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
}
