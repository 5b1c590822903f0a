package kk.modules;

import java.util.Optional;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.Unevaluated;
import org.jspecify.annotations.Nullable;

/// Shows a message or the value of a variable.
@Doc("shows a message or the value of a variable")
public final class DebugModule implements Module<DebugModule.Args> {

  /// What `debug` takes.
  public record Args(
      @Doc("what to show") Optional<Object> msg,
      @Doc("a variable or an expression to show the value of") Optional<Unevaluated> var,
      @Doc("how many `-v` it takes to see it") @Default("0") int verbosity) {

    public Args {
      if (msg.isPresent() && var.isPresent()) {
        throw new IllegalArgumentException("give either `msg` or `var`");
      }
    }
  }

  @Override
  public String name() {
    return "debug";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    Details details = Details.NONE;
    if (args.verbosity() > 0
        && host.holds(new Unevaluated("ansible_verbosity < " + args.verbosity()))) {
      return new Outcome.Skipped(
          "Verbosity threshold not met.",
          details.with("skipped_reason", "Verbosity threshold not met."));
    }
    if (args.var().isPresent()) {
      String text = args.var().get().text();
      return new Outcome.Unchanged(details.with(text, value(args.var().get(), host)));
    }
    return new Outcome.Unchanged(details.with("msg", args.msg().orElse("Hello world!")));
  }

  private static Object value(Unevaluated expression, HostAccess host) {
    try {
      @Nullable Object value = host.evaluate(expression);
      return value == null ? "" : value;
    } catch (TaskFailed e) {
      if (expression.text().contains("{{")) {
        throw e; // a template has to come to something, a variable may be missing
      }
      return "VARIABLE IS NOT DEFINED!: " + e.getMessage();
    }
  }
}
