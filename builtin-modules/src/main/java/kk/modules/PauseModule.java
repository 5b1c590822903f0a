package kk.modules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;

/// Lets time pass, or waits for the user to answer. Done once, whatever the number of hosts.
@Doc("lets time pass, or waits for the user's answer when no time is given")
public final class PauseModule implements Module<PauseModule.Args> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  /// What `pause` takes.
  public record Args(
      @Doc("how many seconds, one at least") Optional<Double> seconds,
      @Doc("how many minutes") Optional<Double> minutes,
      @Doc("what to ask, or to say meanwhile") Optional<String> prompt,
      @Doc("show the answer while it is typed") @Default("true") boolean echo) {

    public Args {
      if (seconds.isPresent() && minutes.isPresent()) {
        throw new IllegalArgumentException("give either `seconds` or `minutes`");
      }
    }

    /// How long it is to last, when that is said.
    Optional<Duration> time() {
      return seconds
          .or(() -> minutes.map(m -> m * 60))
          .map(s -> Duration.ofSeconds(Math.max(1, s.longValue())));
    }
  }

  @Override
  public String name() {
    return "pause";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public boolean isDoneOnce() {
    return true;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws InterruptedException {
    LocalDateTime start = LocalDateTime.now(ZoneId.systemDefault());
    Optional<String> answer = Optional.empty();
    Optional<Duration> time = args.time();
    if (time.isEmpty()) {
      String question = args.prompt().orElse("Press enter to continue, Ctrl+C to interrupt");
      answer = host.ask(question + (args.echo() ? "" : " (output is hidden)") + ": ", !args.echo());
    } else {
      args.prompt().ifPresent(host::tell);
      Thread.sleep(host.checking() ? Duration.ZERO : time.get());
    }
    LocalDateTime end = LocalDateTime.now(ZoneId.systemDefault());
    Duration passed = host.checking() ? time.orElse(Duration.ZERO) : Duration.between(start, end);
    boolean inMinutes = args.seconds().isEmpty();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("start", TIME.format(start));
    values.put("stop", TIME.format(end));
    values.put("delta", passed.toSeconds());
    values.put("echo", args.echo());
    values.put("user_input", answer.orElse(""));
    values.put("rc", 0L);
    values.put(
        "stdout",
        "Paused for " + (inMinutes ? told(passed, 60) + " minutes" : told(passed, 1) + " seconds"));
    values.put("stderr", "");
    Details details = Details.of(values);
    return new Outcome.Unchanged(
        time.isEmpty() && answer.isEmpty()
            ? details.warn("nobody is there to answer, so `pause` goes on")
            : details);
  }

  /// In two digits behind the point, as far as there is something to say.
  private static String told(Duration passed, int unit) {
    BigDecimal number =
        BigDecimal.valueOf(passed.toMillis())
            .divide(BigDecimal.valueOf(1000L * unit), 2, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return number.scale() < 1 ? number.setScale(1).toPlainString() : number.toPlainString();
  }
}
