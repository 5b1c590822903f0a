package kk.run;

/// A run has ended early because somebody wished it.
public final class Stopped extends InterruptedException {
  private final String task;

  Stopped(String task) {
    super("stopped before the task \"" + task + "\" was through");
    this.task = task;
  }

  /// The name of the first task that didn't run on all of its hosts.
  public String task() {
    return task;
  }

  /// The option with which a run goes on from there, as a shell takes it.
  public String startAt() {
    return "--start-at-task '" + task.replace("'", "'\\''") + "'";
  }
}
