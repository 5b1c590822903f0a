package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.JobState;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Asks for a task that was left in the background, and has the outcome of that task when it is
/// over.
@Doc("tells what has become of a task with `async` and `poll: 0`")
public final class AsyncStatusModule implements Module<AsyncStatusModule.Args> {

  /// What `async_status` takes.
  public record Args(
      @Doc("the task's `ansible_job_id`") String jid,
      @Doc("ask for it, or remove what it has left on the host") @Default("status") Mode mode) {}

  /// What to do with a job.
  public enum Mode {
    STATUS,
    CLEANUP
  }

  @Override
  public String name() {
    return "async_status";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("ansible_job_id", args.jid());
    if (args.mode() == Mode.CLEANUP) {
      values.put("started", 0L);
      values.put("finished", 0L);
      host.change("forget the job " + args.jid(), touch -> touch.forgetJob(args.jid()))
          .ifPresent(file -> values.put("erased", file));
      return new Outcome.Unchanged(Details.of(values));
    }
    values.put("started", 1L);
    JobState state = host.job(args.jid());
    values.put("results_file", state.file());
    values.put("finished", state instanceof JobState.Running ? 0L : 1L);
    return switch (state) {
      case JobState.Running running -> {
        for (String stream : new String[] {"stdout", "stderr"}) {
          values.put(stream, "");
          values.put(stream + "_lines", List.of());
        }
        yield new Outcome.Unchanged(Details.of(values));
      }
      case JobState.Missing missing -> new Outcome.Failed("could not find job", Details.of(values));
      case JobState.Finished(String file, Outcome outcome) -> with(outcome, values);
    };
  }

  private static Outcome with(Outcome outcome, Map<String, Object> values) {
    Details details = outcome.details();
    for (Map.Entry<String, Object> value : values.entrySet()) {
      details = details.with(value.getKey(), value.getValue());
    }
    return switch (outcome) {
      case Outcome.Changed changed -> new Outcome.Changed(details);
      case Outcome.Unchanged unchanged -> new Outcome.Unchanged(details);
      case Outcome.Skipped(String why, Details d) -> new Outcome.Skipped(why, details);
      case Outcome.Failed(String why, Details d) -> new Outcome.Failed(why, details);
    };
  }
}
