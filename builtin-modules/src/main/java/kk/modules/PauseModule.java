package kk.modules;

import java.time.Duration;
import java.util.Optional;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.RequiresOneOf;

/// Lets time pass. Modules can't talk with people, so there is no waiting for a key.
@Doc("lets time pass")
public final class PauseModule implements Module<PauseModule.Args> {

  /// What `pause` takes.
  @RequiresOneOf({"seconds", "minutes"})
  public record Args(
      @Doc("how many seconds") Optional<Double> seconds,
      @Doc("how many minutes") Optional<Double> minutes,
      @Doc("what to say meanwhile") @Default("") String prompt) {

    public Args {
      if (seconds.isPresent() == minutes.isPresent()) {
        throw new IllegalArgumentException("give either `seconds` or `minutes`");
      }
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
  public Outcome run(Args args, HostAccess host) throws InterruptedException {
    double seconds = args.seconds().orElseGet(() -> args.minutes().orElseThrow() * 60);
    if (!host.checking()) {
      Thread.sleep(Duration.ofMillis(Math.round(Math.max(0, seconds) * 1000)));
    }
    return new Outcome.Unchanged(Details.of("delta", Math.round(seconds)).with("user_input", ""));
  }
}
