package kk.template;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import kk.spi.TimePattern;
import org.jspecify.annotations.Nullable;

/// Filters about dates and times.
final class TimeFilters {
  private TimeFilters() {}

  static void addTo(Catalogue filters) {
    filters
        .add(
            "strftime",
            "second? utc?",
            "a time in the format that is the input; now, or so many seconds after 1970",
            (input, args) -> format(TextFilters.needed(input, "strftime"), args))
        .add(
            "to_datetime",
            "format?",
            "the moment that a text in a format means",
            (input, args) ->
                moment(
                    TextFilters.needed(input, "to_datetime"),
                    args.text("format", "%Y-%m-%d %H:%M:%S")));
  }

  private static Moment moment(String text, String format) {
    try {
      return new Moment(new TimePattern(format).read(text));
    } catch (IllegalArgumentException e) {
      throw Refusal.because(String.valueOf(e.getMessage()));
    }
  }

  private static String format(String format, Arguments args) {
    ZoneId zone = args.flag("utc", false) ? ZoneOffset.UTC : ZoneId.systemDefault();
    ZonedDateTime time = instant(args.value("second")).atZone(zone);
    return TimeFormat.write(format, time);
  }

  private static Instant instant(@Nullable Object seconds) {
    if (seconds == null) {
      return Instant.now();
    }
    try {
      BigDecimal exact = new BigDecimal(Printing.text(seconds));
      long whole = exact.setScale(0, java.math.RoundingMode.FLOOR).longValueExact();
      return Instant.ofEpochSecond(
          whole, exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    } catch (ArithmeticException | NumberFormatException e) {
      throw Refusal.argument(
          "`second` of `strftime` must be a number, not `" + Printing.text(seconds) + "`");
    }
  }
}
