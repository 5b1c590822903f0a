package kk.template;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Set;

/// A date with a time of day, as `now()` and `to_datetime` give it.
record Moment(LocalDateTime time) implements Attributes {

  @Override
  public Set<String> attributeNames() {
    return Set.of(
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "microsecond",
        "strftime",
        "timestamp",
        "isoformat",
        "weekday",
        "date",
        "time");
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "year" -> (long) time.getYear();
      case "month" -> (long) time.getMonthValue();
      case "day" -> (long) time.getDayOfMonth();
      case "hour" -> (long) time.getHour();
      case "minute" -> (long) time.getMinute();
      case "second" -> (long) time.getSecond();
      case "microsecond" -> micros();
      case "strftime" ->
          (Callable)
              (positional, named) ->
                  TimeFormat.write(
                      Printing.text(positional.getFirst()), time.atZone(ZoneId.systemDefault()));
      case "timestamp" -> (Callable) (positional, named) -> timestamp();
      case "isoformat" -> (Callable) (positional, named) -> toString().replace(' ', 'T');
      case "weekday" -> (Callable) (positional, named) -> time.getDayOfWeek().getValue() - 1L;
      case "date" -> (Callable) (positional, named) -> time.toLocalDate().toString();
      case "time" -> (Callable) (positional, named) -> toString().substring(11);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Double timestamp() {
    return time.atZone(ZoneId.systemDefault()).toEpochSecond() + micros() / 1e6;
  }

  private long micros() {
    return time.get(ChronoField.MICRO_OF_SECOND);
  }

  @Override
  public String toString() {
    String micros = micros() == 0 ? "" : ".SSSSSS";
    return time.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss" + micros, Locale.ROOT));
  }

  /// The time between two moments.
  record Difference(Duration duration) implements Attributes {
    @Override
    public Set<String> attributeNames() {
      return Set.of("days", "seconds", "microseconds", "total_seconds");
    }

    @Override
    public Object attribute(String name) {
      return switch (name) {
        case "days" -> Math.floorDiv(duration.toSeconds(), 86400L);
        case "seconds" -> Math.floorMod(duration.toSeconds(), 86400L);
        case "microseconds" -> duration.toNanosPart() / 1000L;
        case "total_seconds" ->
            (Callable) (positional, named) -> duration.toSeconds() + duration.toNanosPart() / 1e9;
        default -> throw new IllegalArgumentException(name);
      };
    }

    @Override
    public String toString() {
      long days = Math.floorDiv(duration.toSeconds(), 86400L);
      long rest = Math.floorMod(duration.toSeconds(), 86400L);
      String clock =
          String.format(Locale.ROOT, "%d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
      return days == 0 ? clock : days + (Math.abs(days) == 1 ? " day, " : " days, ") + clock;
    }
  }
}
