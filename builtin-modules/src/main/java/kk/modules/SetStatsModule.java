package kk.modules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
  private static final Set<String> YES = Set.of("true", "yes", "on", "y", "t", "1");

  /// What `set_stats` takes.
  public record Args(
      @Doc("the figures, a mapping of names and values") Object data,
      @Doc("whether they count for this host alone; what is no yes is a no") @Default("false")
          Object perHost,
      @Doc("add them to what is noted, instead of replacing it; what is no yes is a no")
          @Default("true")
          Object aggregate) {

    public Args {
      if (!(data instanceof Map<?, ?> named)) {
        throw new IllegalArgumentException("The 'data' option needs to be a dictionary/hash");
      }
      named.keySet().forEach(name -> check(String.valueOf(name)));
    }

    private static void check(String name) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException(
            "The variable name '"
                + name
                + "' is not valid. Variables must start with a letter or underscore character, and"
                + " contain only letters, numbers and underscores.");
      }
    }

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      ((Map<?, ?>) data).forEach((name, value) -> figures.put(String.valueOf(name), value));
      return figures;
    }
  }

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
    Map<String, Object> figures = args.figures();
    boolean perHost = isYes(args.perHost());
    boolean aggregate = isYes(args.aggregate());
    Map<String, Object> stats =
        Map.of("data", figures, "per_host", perHost, "aggregate", aggregate);
    return new Outcome.Unchanged(
        Details.of("ansible_stats", stats)
            .with(
                new RunChange.Statistics(
                    figures,
                    perHost,
                    aggregate ? RunChange.Joining.ADDED : RunChange.Joining.REPLACED)));
  }

  private static boolean isYes(Object value) {
    return YES.contains(String.valueOf(value).toLowerCase(Locale.ROOT));
  }
}
