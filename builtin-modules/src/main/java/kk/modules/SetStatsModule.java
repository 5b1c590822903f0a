package kk.modules;

import java.util.Map;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.RunChange;

/// Notes figures that are told at the end of the run.
@Doc("notes figures that are told at the end of the run")
public final class SetStatsModule implements Module<SetStatsModule.Args> {

  /// What `set_stats` takes.
  public record Args(
      @Doc("the figures, by name") Map<String, Object> data,
      @Doc("whether they count for this host alone") @Default("false") boolean perHost,
      @Doc("add them to what is noted, instead of replacing it") @Default("true")
          boolean aggregate) {}

  @Override
  public String name() {
    return "set_stats";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    Map<String, Object> stats =
        Map.of("data", args.data(), "per_host", args.perHost(), "aggregate", args.aggregate());
    return new Outcome.Unchanged(
        Details.of("ansible_stats", stats)
            .with(new RunChange.Statistics(args.data(), args.perHost(), args.aggregate())));
  }
}
