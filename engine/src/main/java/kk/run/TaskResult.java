package kk.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.problem.Problem;
import kk.spi.Diff;

/// How a task ended on one host, or one item of its loop.
///
/// @param status how it ended
/// @param ignored whether a failure doesn't count, because of `ignore_errors` or
///     `ignore_unreachable`
/// @param why what went wrong or why nothing was done; empty when all is well
/// @param problem what is wrong in the playbook, when that is the cause
/// @param values what `register` sees
/// @param report what else there is to tell
/// @param took how long it took
public record TaskResult(
    Status status,
    boolean ignored,
    String why,
    Optional<Problem> problem,
    Map<String, Object> values,
    Report report,
    Duration took) {

  /// The five ways.
  public enum Status {
    OK,
    CHANGED,
    SKIPPED,
    FAILED,
    UNREACHABLE
  }

  /// What is told to the user but not to the playbook.
  ///
  /// @param actions changes in words, made or in check mode left undone
  /// @param hidden whether arguments and values must not be shown: `no_log`
  /// @param delegate the host it really ran on
  /// @param message what the task is there to say: the text or the value of `debug`
  /// @param tells whether its result is what the task is there for
  /// @param invocation with what a module was called that has worked on the host
  public record Report(
      List<String> actions,
      List<Diff> diffs,
      List<String> warnings,
      boolean hidden,
      Optional<String> delegate,
      Optional<Object> message,
      boolean tells,
      Optional<Invocation> invocation) {
    public static final Report NONE = hidden(false);

    /// Nothing to tell.
    ///
    /// @param hidden whether that is because it must not be told
    static Report hidden(boolean hidden) {
      return new Report(
          List.of(),
          List.of(),
          List.of(),
          hidden,
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());
    }
  }

  /// What the task's own conditions and those who read the results of a loop see.
  Map<String, Object> inFull() {
    Map<String, Object> all = new LinkedHashMap<>(values);
    report.invocation().ifPresent(invocation -> all.put(Invocation.NAME, invocation.told()));
    return all;
  }

  /// The same with other values.
  TaskResult with(Map<String, Object> newValues) {
    return new TaskResult(status, ignored, why, problem, newValues, report, took);
  }

  /// The same, failed because of something in the playbook.
  ///
  /// @param message the result's `msg`
  TaskResult failedBy(Problem cause, String message, boolean isIgnored) {
    Map<String, Object> judged = new LinkedHashMap<>(values);
    judged.put("failed", true);
    judged.put("msg", message);
    return new TaskResult(
        Status.FAILED, isIgnored, cause.title(), Optional.of(cause), judged, report, took);
  }

  public boolean failed() {
    return status == Status.FAILED && !ignored;
  }

  /// Whether the host could not be reached, and that counts.
  boolean lost() {
    return status == Status.UNREACHABLE && !ignored;
  }

  public boolean changed() {
    return status == Status.CHANGED;
  }

  public boolean skipped() {
    return status == Status.SKIPPED;
  }
}
