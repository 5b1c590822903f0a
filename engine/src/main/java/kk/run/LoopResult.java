package kk.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a loop came to as a whole: the worst that happened to any item.
final class LoopResult {
  private static final int MOST_REASONS = 5;

  private LoopResult() {}

  /// @param labels what each item is called
  static TaskResult of(List<TaskResult> results, List<String> labels) {
    boolean failed = results.stream().anyMatch(r -> r.status() == TaskResult.Status.FAILED);
    boolean ignored = failed && results.stream().noneMatch(TaskResult::failed);
    Optional<TaskResult> lost =
        results.stream().filter(r -> r.status() == TaskResult.Status.UNREACHABLE).findFirst();
    boolean changed =
        results.stream().anyMatch(r -> Boolean.TRUE.equals(r.values().get("changed")));
    boolean skipped = results.stream().allMatch(TaskResult::skipped);
    TaskResult.Status status =
        lost.isPresent()
            ? TaskResult.Status.UNREACHABLE
            : failed
                ? TaskResult.Status.FAILED
                : skipped
                    ? TaskResult.Status.SKIPPED
                    : changed ? TaskResult.Status.CHANGED : TaskResult.Status.OK;
    String message =
        failed ? "One or more items failed" : skipped ? "All items skipped" : "All items completed";
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("results", results.stream().map(TaskResult::inFull).toList());
    values.put("changed", changed);
    values.put("failed", failed);
    values.put("skipped", skipped);
    values.put("msg", message);
    List<String> warnings = new ArrayList<>();
    List<String> actions = new ArrayList<>();
    results.forEach(r -> warnings.addAll(r.report().warnings()));
    results.forEach(r -> actions.addAll(r.report().actions()));
    Duration took = results.stream().map(TaskResult::took).reduce(Duration.ZERO, Duration::plus);
    boolean hidden = results.stream().anyMatch(r -> r.report().hidden());
    String why =
        results.isEmpty()
            ? "No items in the list"
            : failed ? reasons(results, labels) : skipped || lost.isPresent() ? message : "";
    return new TaskResult(
        status,
        ignored || lost.map(TaskResult::ignored).orElse(false),
        lost.map(TaskResult::why).orElse(why),
        Optional.empty(),
        values,
        new TaskResult.Report(
            actions,
            List.of(),
            warnings,
            hidden,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty()),
        took);
  }

  /// Which items have failed and why, the first ones of many.
  private static String reasons(List<TaskResult> results, List<String> labels) {
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      TaskResult result = results.get(i);
      if (result.status() == TaskResult.Status.FAILED) {
        String why = result.why().lines().findFirst().orElse("");
        reasons.add(result.report().hidden() ? "•••" : labels.get(i) + " (" + why + ")");
      }
    }
    int shown = Math.min(reasons.size(), MOST_REASONS);
    return "%d of %d items failed: ".formatted(reasons.size(), results.size())
        + String.join(", ", reasons.subList(0, shown))
        + (shown < reasons.size() ? ", …" : "");
  }
}
