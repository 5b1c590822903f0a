package kk.run;

/// What became of the tasks on one host. A task counts once, however many items it loops over.
///
/// @param ok tasks that ended well, changed and ignored ones included
/// @param changed tasks that changed the host
/// @param unreachable how often the host couldn't be reached
/// @param failed tasks that failed and were neither ignored nor rescued
/// @param skipped tasks that were skipped as a whole
/// @param rescued failures that a `rescue` took care of
/// @param ignored failures that were ignored
public record Recap(
    int ok, int changed, int unreachable, int failed, int skipped, int rescued, int ignored) {

  public static final Recap NONE = new Recap(0, 0, 0, 0, 0, 0, 0);

  /// One task more.
  ///
  /// @param toBeRescued whether a failure leads to a rescue
  Recap count(TaskResult result, boolean toBeRescued) {
    return switch (result.status()) {
      case OK -> plus(1, 0, 0, 0, 0, 0, 0);
      case CHANGED -> plus(1, 1, 0, 0, 0, 0, 0);
      case SKIPPED -> plus(0, 0, 0, 0, 1, 0, 0);
      case FAILED ->
          result.ignored()
              ? plus(1, 0, 0, 0, 0, 0, 1)
              : toBeRescued ? plus(0, 0, 0, 0, 0, 1, 0) : plus(0, 0, 0, 1, 0, 0, 0);
      case UNREACHABLE -> result.ignored() ? plus(1, 0, 0, 0, 0, 0, 1) : plus(0, 0, 1, 0, 0, 0, 0);
    };
  }

  private Recap plus(int o, int c, int u, int f, int s, int r, int i) {
    return new Recap(
        ok + o, changed + c, unreachable + u, failed + f, skipped + s, rescued + r, ignored + i);
  }
}
