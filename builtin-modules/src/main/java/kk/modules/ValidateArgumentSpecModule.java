package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Unevaluated;

/// Compares the variables of a host with a specification. Roles with one begin with this.
@Doc("compares variables with what a role says it takes")
public final class ValidateArgumentSpecModule implements Module<ValidateArgumentSpecModule.Args> {

  /// What `validate_argument_spec` takes.
  public record Args(
      @Doc("what there may be, as below `options` in `meta/argument_specs.yaml`")
          Map<String, Object> argumentSpec,
      @Doc("values that count before those of the variables")
          Optional<Map<String, Object>> providedArguments,
      @Doc("what the result says of where the specification comes from")
          Optional<Map<String, Object>> validateArgsContext) {}

  @Override
  public String name() {
    return "validate_argument_spec";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (String name : args.argumentSpec().keySet()) {
      Unevaluated known = new Unevaluated(name + " is defined");
      if (name.matches("\\w+") && Boolean.TRUE.equals(host.evaluate(known))) {
        given.put(name, host.evaluate(new Unevaluated(name)));
      }
    }
    args.providedArguments().ifPresent(given::putAll);
    List<String> errors = ArgumentValidator.errors(args.argumentSpec(), given);
    Map<String, Object> values = new LinkedHashMap<>();
    args.validateArgsContext().ifPresent(context -> values.put("validate_args_context", context));
    if (errors.isEmpty()) {
      values.put("msg", "The arg spec validation passed");
      return new Outcome.Unchanged(Details.of(values));
    }
    String why = "Validation of arguments failed:\n" + String.join("\n", errors);
    values.put("msg", why);
    values.put("argument_spec_data", args.argumentSpec());
    values.put("argument_errors", errors);
    return new Outcome.Failed(why, Details.of(values));
  }
}
