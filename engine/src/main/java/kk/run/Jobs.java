package kk.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kk.spi.CommandResult;
import kk.spi.Details;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// The background jobs that this run has started, and what their modules make of the answers.
final class Jobs {
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  /// Makes an outcome of what a job has said: the module is run again, and its command answered.
  interface Reading {
    Outcome read(CommandResult result) throws UnreachableException, InterruptedException;
  }

  void add(BackgroundJob job, Reading reading) {
    readings.put(job.id(), reading);
  }

  /// The outcome of a job that is over. One that another run has started was a command.
  Outcome outcome(BackgroundJob job, CommandResult result)
      throws UnreachableException, InterruptedException {
    return Optional.ofNullable(readings.get(job.id())).orElse(Jobs::command).read(result);
  }

  private static Outcome command(CommandResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("rc", (long) result.exit());
    values.put("stdout", result.stdout().stripTrailing());
    values.put("stderr", result.stderr().stripTrailing());
    values.put("stdout_lines", result.stdout().lines().toList());
    values.put("stderr_lines", result.stderr().lines().toList());
    values.put("changed", true);
    return result.succeeded()
        ? new Outcome.Changed(Details.of(values))
        : new Outcome.Failed("non-zero return code", Details.of(values));
  }
}
