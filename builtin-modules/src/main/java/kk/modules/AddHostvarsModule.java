package kk.modules;

import java.util.List;
import java.util.Map;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.RunChange;

/// Sets variables for other hosts, as this one sees their values. KubeKey's name for it.
@Doc("sets variables for other hosts; mappings complete those that were set before")
public final class AddHostvarsModule implements Module<AddHostvarsModule.Args> {

  /// What `add_hostvars` takes.
  public record Args(
      @Doc("names, groups and patterns of hosts") List<String> hosts,
      @Doc("variables by name") Map<String, Object> vars) {
    public Args {
      if (hosts.stream().allMatch(String::isBlank)) {
        throw new IllegalArgumentException("`hosts` is empty: whose variables?");
      }
      if (vars.isEmpty()) {
        throw new IllegalArgumentException("`vars` is empty: which variables?");
      }
      vars.keySet().forEach(Args::check);
    }

    private static void check(String name) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException("`" + name + "` can't be a variable");
      }
    }
  }

  @Override
  public String name() {
    return "add_hostvars";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    return new Outcome.Unchanged(
        Details.of("vars", args.vars())
            .with(new RunChange.HostVariables(args.hosts(), args.vars())));
  }
}
