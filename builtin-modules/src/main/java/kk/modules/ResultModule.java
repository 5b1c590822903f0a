package kk.modules;

import java.util.Map;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.OtherArguments;
import kk.spi.Outcome;
import kk.spi.RunChange;

/// Notes what came of a run. KubeKey's name for it.
@Doc("notes what came of the run, told at its end; mappings complete each other")
public final class ResultModule implements Module<ResultModule.Args> {

  /// What `result` takes.
  public record Args(@Doc("values by name") @OtherArguments Map<String, Object> values) {
    public Args {
      if (values.isEmpty()) {
        throw new IllegalArgumentException("`result` needs values, by name");
      }
    }
  }

  @Override
  public String name() {
    return "result";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    return new Outcome.Unchanged(
        Details.of("result", args.values())
            .with(new RunChange.Statistics(args.values(), false, RunChange.Joining.COMPLETED)));
  }
}
