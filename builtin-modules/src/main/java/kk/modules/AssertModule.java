package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Unevaluated;

/// Fails when a condition doesn't hold.
@Doc("fails when one of the conditions doesn't hold")
public final class AssertModule implements Module<AssertModule.Args> {

  /// What `assert` takes.
  public record Args(
      @Doc("conditions, all of which must hold") List<Unevaluated> that,
      @Doc("what to say when one doesn't") @Alias("msg") Optional<Object> failMsg,
      @Doc("what to say when all do") Optional<Object> successMsg,
      @Doc("leave out which conditions were looked at") @Default("false") boolean quiet) {}

  @Override
  public String name() {
    return "assert";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    for (Unevaluated condition : args.that()) {
      if (!host.holds(condition)) {
        String why = args.failMsg().map(PlainText::of).orElse("Assertion failed");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("assertion", condition.text());
        values.put("evaluated_to", false);
        values.put("msg", args.failMsg().orElse(why));
        return new Outcome.Failed(why, Details.of(values));
      }
    }
    return new Outcome.Unchanged(
        Details.of("msg", args.successMsg().orElse("All assertions passed")));
  }
}
