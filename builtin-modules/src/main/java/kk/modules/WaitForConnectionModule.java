package kk.modules;

import java.time.Duration;
import java.time.Instant;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Waits until a host can be logged in to and runs a shell.
@Doc("waits until the host can be reached")
public final class WaitForConnectionModule implements Module<WaitForConnectionModule.Args> {

  /// What `wait_for_connection` takes.
  public record Args(
      @Doc("seconds one attempt may take") @Default("5") int connectTimeout,
      @Doc("seconds to wait before the first attempt") @Default("0") int delay,
      @Doc("seconds between attempts") @Default("1") int sleep,
      @Doc("seconds until it gives up") @Default("600") int timeout) {

    public Args {
      if (connectTimeout < 1 || delay < 0 || sleep < 0 || timeout < 0) {
        throw new IllegalArgumentException("give seconds that aren't negative");
      }
    }
  }

  @Override
  public String name() {
    return "wait_for_connection";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Instant start = Instant.now();
    if (!host.checking()) {
      Thread.sleep(Duration.ofSeconds(args.delay()));
      new Reconnection(
              Duration.ofSeconds(args.timeout()),
              Duration.ofSeconds(args.connectTimeout()),
              Duration.ofSeconds(args.sleep()))
          .await(
              host,
              ":",
              Reconnection.Sign.ANY,
              "timed out: the host did not answer within %d s".formatted(args.timeout()));
    }
    return new Outcome.Unchanged(
        Details.of("elapsed", Duration.between(start, Instant.now()).toSeconds()));
  }
}
