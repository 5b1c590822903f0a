package kk.spi;

/// What has become of a job that a task with `async` has left on a host.
public sealed interface JobState {
  /// Where the host keeps its result.
  String file();

  /// It isn't over yet.
  record Running(String file) implements JobState {}

  /// It is over.
  ///
  /// @param outcome what the task's module makes of it
  record Finished(String file, Outcome outcome) implements JobState {}

  /// There is no such job.
  record Missing(String file) implements JobState {}
}
