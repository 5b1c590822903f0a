package kk.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.problem.ProblemRenderer;
import kk.run.Recap;
import kk.run.RunEvent;
import kk.run.Statistics;
import kk.run.TaskResult;
import kk.source.Span;
import kk.spi.Diff;
import org.jspecify.annotations.Nullable;

/// Tells a run in lines that are the same each time, whichever host is faster: hosts stand in the
/// order of the inventory, grouped by how the task ended for them. What a host has to tell while
/// one before it is still at the task is held back until that one is through.
public final class PlainReporter implements RunEvent.Listener {
  private static final int LAST_LINES = 15;

  private final JsonText json = new JsonText();
  private final PrintStream out;
  private final Theme theme;
  private final Redactor redactor;
  private final int verbosity;
  private final Map<String, TaskResult> finished = new LinkedHashMap<>();
  private final Map<String, List<String>> held = new LinkedHashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private List<String> awaited = List.of();

  /// Which of the awaited hosts may speak: the first one that is still at the task.
  private int turn;

  /// A reporter.
  ///
  /// @param verbosity 0 tells what changed and what failed, 1 results too
  public PlainReporter(PrintStream out, Theme theme, Redactor redactor, int verbosity) {
    this.out = out;
    this.theme = theme;
    this.redactor = redactor;
    this.verbosity = verbosity;
  }

  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted(String playbook, boolean check) -> {
        if (check) {
          line(theme.warning("check mode: nothing will be changed"));
        }
      }
      case RunEvent.PlayStarted(String play, List<String> hosts, boolean lockstep) -> {
        line("");
        line(theme.title("PLAY " + play) + theme.dim("  (" + count(hosts.size(), "host") + ")"));
      }
      case RunEvent.NoHosts(String play, String pattern) -> {
        line("");
        line(theme.dim("PLAY " + play + ": no host matches `" + pattern + "`"));
      }
      case RunEvent.TaskStarted(
              String task,
              Optional<String> role,
              boolean handler,
              Span at,
              List<String> hosts) -> {
        held.values().forEach(lines -> lines.forEach(this::line));
        held.clear();
        awaited = hosts;
        places.clear();
        hosts.forEach(host -> places.put(host, places.size()));
        turn = 0;
        finished.clear();
        line(
            (handler ? "  handler " : "  ")
                + role.map(name -> theme.dim(name + " : ")).orElse("")
                + task);
      }
      case RunEvent.ItemFinished(
              String host,
              String task,
              String module,
              String item,
              TaskResult result) ->
          item(host, item, result);
      case RunEvent.HostFinished(
              String host,
              String task,
              String module,
              Optional<String> role,
              Span at,
              TaskResult result) -> {
        details(host, task, at, result);
        finished.put(host, result);
        catchUp();
        if (allHaveFinished() || !places.containsKey(host)) {
          results();
        }
      }
      case RunEvent.Retrying(String host, String task, long left) ->
          line(
              host,
              theme.dim(
                  "      trying again on " + host + ", " + count(left, "try", "tries") + " left"));
      case RunEvent.Included(String what, List<String> hosts) ->
          line(theme.dim("  included " + what + " for " + String.join(", ", hosts)));
      case RunEvent.StepStarted started -> {}
      case RunEvent.StepSkipped skipped -> {}
      case RunEvent.MetaDone done -> {}
      case RunEvent.Notified notified -> {}
      case RunEvent.NobodyLeft nobody -> {}
      case RunEvent.Transferred(String host, String what, long sent, long total) -> {}
      case RunEvent.Escalated escalated -> {}
      case RunEvent.Asserted(String host, int conditions, boolean held) -> {}
      case RunEvent.Told(String host, String text) -> line(host, "      " + text);
      case RunEvent.Warned(String text) -> line(theme.warning("warning: " + text));
      case RunEvent.RunEnded ended -> {
        recap(ended.hosts(), ended.took());
        statistics(ended.statistics());
      }
    }
  }

  private void item(String host, String item, TaskResult result) {
    boolean failed = result.status() == TaskResult.Status.FAILED;
    boolean tells = result.changed() || failed || verbosity > 0;
    if (tells && !result.report().hidden()) {
      String what = failed ? indented(result.why()) : theme.dim(shortened(item));
      String status = theme.status(result.status(), word(result));
      line(host, "      " + status + "  " + host + "  " + what);
    }
    if (!result.report().hidden()) {
      result.report().message().ifPresent(message -> message(host, message));
    }
    if (result.failed()) {
      why(host, result);
    }
    diffs(host, result);
  }

  /// What is to be told before the line with the hosts.
  private void details(String host, String task, Span at, TaskResult result) {
    result
        .report()
        .warnings()
        .forEach(text -> line(host, theme.warning("      warning: " + host + ": " + text)));
    diffs(host, result);
    if (result.failed() || result.status() == TaskResult.Status.UNREACHABLE) {
      line(
          host,
          theme.error(
              "      " + word(result).strip() + "  " + host + ": " + indented(reason(result))));
      why(host, result);
      line(host, theme.dim("        task   \"" + task + "\", " + at.fileAndLine()));
    }
    boolean tells = result.changed() && finished.size() <= 1000;
    if (tells && verbosity > 0 && !result.report().hidden()) {
      result.report().actions().forEach(action -> line(host, theme.dim("        " + action)));
    }
  }

  private boolean allHaveFinished() {
    return finished.size() >= awaited.size() && finished.keySet().containsAll(awaited);
  }

  private void results() {
    Map<TaskResult.Status, List<String>> byStatus = new EnumMap<>(TaskResult.Status.class);
    List<String> order = new ArrayList<>(awaited);
    finished.keySet().stream().filter(host -> !places.containsKey(host)).forEach(order::add);
    for (String host : order) {
      TaskResult result = finished.get(host);
      if (result != null) {
        byStatus
            .computeIfAbsent(result.status(), s -> new ArrayList<>())
            .add(host + suffix(result));
      }
    }
    byStatus.forEach(
        (status, hosts) ->
            line(
                "      " + theme.status(status, padded(status)) + "  " + String.join(", ", hosts)));
    messages(order);
    finished.clear();
  }

  private void messages(List<String> order) {
    for (String host : order) {
      TaskResult result = finished.get(host);
      if (result == null || result.report().hidden()) {
        continue;
      }
      result.report().message().ifPresent(text -> message(host, text));
      if (result.report().message().isEmpty() && verbosity > 0) {
        outputs(host, result);
      }
    }
  }

  /// Texts as they are, anything else as JSON; a mapping takes a line for each of its keys.
  private void message(String host, Object message) {
    switch (message) {
      case String text -> text.lines().forEach(each -> line(host, "        " + each));
      case Map<?, ?> map ->
          map.forEach((key, value) -> line(host, "        " + key + ": " + json.of(value)));
      default -> line(host, "        " + json.of(message));
    }
  }

  private static String suffix(TaskResult result) {
    String delegated = result.report().delegate().map(to -> " -> " + to).orElse("");
    return delegated + (result.ignored() ? " (ignored: " + shortened(reason(result)) + ")" : "");
  }

  private void why(String host, TaskResult result) {
    if (result.report().hidden()) {
      line(host, theme.dim("        (details hidden: no_log)"));
      return;
    }
    result
        .problem()
        .ifPresent(
            problem ->
                ProblemRenderer.render(problem)
                    .lines()
                    .skip(1)
                    .forEach(text -> line(host, "      " + text)));
    outputs(host, result);
  }

  private void outputs(String host, TaskResult result) {
    Object command = result.values().get("cmd");
    if (command != null) {
      Object text =
          command instanceof List<?> list
              ? String.join(" ", list.stream().map(String::valueOf).toList())
              : command;
      line(host, theme.dim("        command  ") + shortened(String.valueOf(text)));
      line(host, theme.dim("        exit     ") + result.values().getOrDefault("rc", ""));
    }
    tail(host, "stdout", result.values().get("stdout"));
    tail(host, "stderr", result.values().get("stderr"));
  }

  private void tail(String host, String name, @Nullable Object value) {
    if (value instanceof String text && !text.isBlank()) {
      List<String> lines = text.lines().toList();
      int from = Math.max(0, lines.size() - LAST_LINES);
      for (String each : lines.subList(from, lines.size())) {
        line(host, theme.dim("        " + name + "   ") + each);
      }
    }
  }

  private void diffs(String host, TaskResult result) {
    if (result.report().hidden()) {
      return;
    }
    for (Diff diff : result.report().diffs()) {
      UnifiedDiff.lines(diff)
          .forEach(
              text ->
                  line(
                      host,
                      "        "
                          + switch (text.isEmpty() ? ' ' : text.charAt(0)) {
                            case '+' -> theme.added(text);
                            case '-' -> theme.removed(text);
                            default -> theme.dim(text);
                          }));
    }
  }

  private void recap(Map<String, Recap> hosts, Duration took) {
    line("");
    line(theme.title("RECAP") + theme.dim("  " + seconds(took)));
    int width = hosts.keySet().stream().mapToInt(String::length).max().orElse(0);
    hosts.forEach(
        (host, recap) ->
            line(
                "  %-"
                    .concat(
                        Math.max(width, 1)
                            + "s  ok %-4d changed %-4d failed %-4d unreachable %-4d skipped %-4d rescued %-4d ignored %d")
                    .formatted(
                        host,
                        recap.ok(),
                        recap.changed(),
                        recap.failed(),
                        recap.unreachable(),
                        recap.skipped(),
                        recap.rescued(),
                        recap.ignored())));
  }

  private void statistics(Map<String, Map<String, Object>> statistics) {
    statistics.forEach(
        (whose, figures) -> {
          line("");
          line(theme.title(whose.equals(Statistics.RUN) ? "STATISTICS" : "STATISTICS of " + whose));
          figures.forEach((name, value) -> line("  " + name + ": " + json.of(value)));
        });
  }

  /// Why it failed, which may quote what must not be shown.
  private static String reason(TaskResult result) {
    return result.report().hidden() ? Redactor.HIDDEN : result.why();
  }

  private static String word(TaskResult result) {
    return padded(result.status());
  }

  private static String padded(TaskResult.Status status) {
    return "%-11s".formatted(status.name().toLowerCase(Locale.ROOT));
  }

  /// Further lines stand below the first one.
  private static String indented(String text) {
    return text.strip().replace("\n", "\n        ");
  }

  private static String shortened(String text) {
    String oneLine = text.replace('\n', ' ');
    return oneLine.length() <= 200 ? oneLine : oneLine.substring(0, 200) + "…";
  }

  static String seconds(Duration took) {
    return "%.1f s".formatted(took.toMillis() / 1000.0);
  }

  private static String count(long number, String one) {
    return count(number, one, one + "s");
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /// Lets those speak whose turn has come.
  private void catchUp() {
    while (turn < awaited.size()) {
      String host = awaited.get(turn);
      List<String> lines = held.remove(host);
      if (lines != null) {
        lines.forEach(this::line);
      }
      if (!finished.containsKey(host)) {
        return;
      }
      turn++;
    }
  }

  /// A line about one host.
  private void line(String host, String text) {
    if (places.getOrDefault(host, -1) > turn) {
      held.computeIfAbsent(host, h -> new ArrayList<>()).add(text);
    } else {
      line(text);
    }
  }

  private void line(String text) {
    out.println(redactor.redact(text));
  }
}
