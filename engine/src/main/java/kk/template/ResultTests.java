package kk.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tests about the registered result of a task.
final class ResultTests {
  private ResultTests() {}

  static void addTo(Catalogue tests) {
    tests
        .add(
            "failed failure",
            "",
            "the task failed",
            (input, args) -> flag(input, "failed", "failed"))
        .add(
            "succeeded success successful",
            "",
            "the task did not fail",
            (input, args) -> !flag(input, "succeeded", "failed"))
        .add(
            "changed change",
            "",
            "the task changed something",
            (input, args) -> flag(input, "changed", "changed") || anyChanged(input))
        .add(
            "skipped skip",
            "",
            "the task was skipped",
            (input, args) -> flag(input, "skipped", "skipped"))
        .add(
            "unreachable",
            "",
            "the host could not be reached",
            (input, args) -> flag(input, "unreachable", "unreachable"))
        .add(
            "reachable",
            "",
            "the host could be reached",
            (input, args) -> !flag(input, "reachable", "unreachable"))
        .add(
            "started",
            "",
            "the task runs in the background, or never was meant to",
            (input, args) -> flagOrNone(input, "started"))
        .add(
            "finished",
            "",
            "the task no longer runs in the background",
            (input, args) -> flagOrNone(input, "finished"))
        .add(
            "timedout",
            "",
            "the task took too long",
            (input, args) -> flag(input, "timedout", "timedout"));
  }

  private static Map<?, ?> result(@Nullable Object input, String test) {
    if (input instanceof Map<?, ?> map) {
      return map;
    }
    throw Refusal.because(
        "`"
            + test
            + "` is about the registered result of a task, not a value of type `"
            + Values.typeName(input)
            + "`");
  }

  private static boolean flag(@Nullable Object input, String test, String key) {
    return Values.isTrue(result(input, test).get(key));
  }

  /// Only a task with `async` has the key; any other one is seen as started and finished.
  private static boolean flagOrNone(@Nullable Object input, String test) {
    Map<?, ?> result = result(input, test);
    return !result.containsKey(test) || Values.isTrue(result.get(test));
  }

  private static boolean anyChanged(@Nullable Object input) {
    Map<?, ?> result = result(input, "changed");
    return !result.containsKey("changed")
        && result.get("results") instanceof Iterable<?> results
        && java.util.stream.StreamSupport.stream(results.spliterator(), false)
            .anyMatch(one -> one instanceof Map<?, ?> map && Values.isTrue(map.get("changed")));
  }
}
