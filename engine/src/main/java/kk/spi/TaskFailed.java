package kk.spi;

/// A module can't do what it was asked to. The message becomes the task's `msg`; the run goes on as
/// the playbook says.
public final class TaskFailed extends RuntimeException {
  public TaskFailed(String message) {
    super(message);
  }
}
