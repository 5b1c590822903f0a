package kk.modules;

import java.util.Map;
import java.util.regex.Pattern;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.NewVariables;
import kk.spi.OtherArguments;
import kk.spi.Outcome;

/// Sets variables for the host.
@Doc("sets variables for the host")
public final class SetFactModule implements Module<SetFactModule.Args> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// What `set_fact` takes.
  public record Args(
      @Doc("keep them among the host's facts too") @Default("false") boolean cacheable,
      @Doc("the variables, by name") @OtherArguments Map<String, Object> variables) {

    public Args {
      if (variables.isEmpty()) {
        throw new IllegalArgumentException("give at least one variable to set");
      }
      for (String name : variables.keySet()) {
        if (!NAME.matcher(name).matches()) {
          throw new IllegalArgumentException(
              "`" + name + "` can't be a variable: letters, digits and _ only, no digit first");
        }
      }
    }
  }

  @Override
  public String name() {
    return "set_fact";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    return new Outcome.Unchanged(
        Details.of("ansible_facts", args.variables())
            .with(
                new NewVariables(
                    args.cacheable() ? NewVariables.Level.CACHED : NewVariables.Level.SET,
                    args.variables())));
  }
}
