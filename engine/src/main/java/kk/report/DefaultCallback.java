package kk.report;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kk.run.Recap;
import kk.run.RunEvent;
import kk.run.Statistics;
import kk.run.TaskResult;
import kk.source.Span;
import kk.spi.Diff;
import kk.spi.RunAs;
import org.jspecify.annotations.Nullable;

/// Tells a run in the words of Ansible's default callback, for those who read its output by
/// program.
public final class DefaultCallback implements RunEvent.Listener {
  private static final int WIDTH = 79;

  /// What is shown.
  ///
  /// @param verbosity how many `-v`
  /// @param skippedHosts whether hosts are named that skip a task
  /// @param okHosts whether hosts are named on which nothing changed
  /// @param customStatistics whether the figures of `set_stats` are shown at the end
  public record Shown(
      int verbosity, boolean skippedHosts, boolean okHosts, boolean customStatistics) {}

  private final PrintStream out;
  private final PrintStream errors;
  private final Shown shown;
  private final ResultText text;
  private final Map<Span, String> banners = new HashMap<>();
  private final Set<String> looped = new HashSet<>();
  private @Nullable Span lastBanner;
  private boolean lockstep = true;

  public DefaultCallback(PrintStream out, PrintStream errors, Shown shown) {
    this.out = out;
    this.errors = errors;
    this.shown = shown;
    this.text = new ResultText(shown.verbosity());
  }

  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted started -> {
        if (shown.verbosity() > 1) {
          banner("PLAYBOOK: " + started.playbook().replaceFirst(".*/", ""));
        }
      }
      case RunEvent.PlayStarted(String play, List<String> hosts, boolean together) -> {
        lockstep = together;
        lastBanner = null;
        banner(play.isBlank() ? "PLAY" : "PLAY [" + play.strip() + "]");
      }
      case RunEvent.NoHosts(String play, String pattern) -> {
        banner(play.isBlank() ? "PLAY" : "PLAY [" + play.strip() + "]");
        line("skipping: no hosts matched");
      }
      case RunEvent.TaskStarted started ->
          begin(started.task(), started.role(), started.handler(), started.at());
      case RunEvent.StepStarted started ->
          begin(started.task(), started.role(), started.handler(), started.at());
      case RunEvent.HostFinished finished -> finished(finished);
      case RunEvent.ItemFinished finished -> item(finished);
      case RunEvent.StepSkipped(String host, TaskResult result) -> {
        if (shown.skippedHosts()) {
          line("skipping: [" + host + "]" + verbose("include_tasks", result));
        }
      }
      case RunEvent.Retrying(String host, String task, long left) ->
          line("FAILED - RETRYING: [" + host + "]: " + task + " (" + left + " retries left).");
      case RunEvent.Included(String what, List<String> hosts) ->
          line("included: " + what + " for " + String.join(", ", hosts));
      case RunEvent.MetaDone(String what) -> {
        if (shown.verbosity() > 1) {
          line("META: " + what);
        }
      }
      case RunEvent.Notified(String host, String handler) -> {
        if (shown.verbosity() > 1) {
          line("NOTIFIED HANDLER " + handler + " for " + host);
        }
      }
      case RunEvent.NobodyLeft nobody -> banner("NO MORE HOSTS LEFT");
      case RunEvent.Told(String host, String text) -> line(text);
      case RunEvent.Warned(String warning) -> warn(warning);
      case RunEvent.Escalated(String host, RunAs as) -> {
        if (shown.verbosity() > 2) {
          line("<" + host + "> EXEC " + program(as) + " /bin/sh");
        }
      }
      case RunEvent.Transferred moved -> {}
      case RunEvent.Asserted asserted -> {}
      case RunEvent.RunEnded ended -> {
        if (!ended.aborted()) {
          recap(ended.hosts());
        }
        if (!ended.aborted() && shown.customStatistics() && !ended.statistics().isEmpty()) {
          statistics(ended.statistics());
        }
      }
    }
  }

  /// A warning, as Ansible words it.
  public void warn(String warning) {
    out.flush();
    errors.println("[WARNING]: " + warning);
  }

  private void begin(String task, Optional<String> role, boolean handler, Span at) {
    String name = role.map(in -> in + " : ").orElse("") + task;
    banners.put(at, (handler ? "RUNNING HANDLER [" : "TASK [") + name + "]");
    lastBanner = null;
    if (lockstep && shown.skippedHosts() && shown.okHosts()) {
      taskBanner(at);
    }
  }

  /// The line above a task's results, unless the last results were the same task's.
  private void taskBanner(Span at) {
    if (at.equals(lastBanner)) {
      return;
    }
    banner(banners.getOrDefault(at, "TASK"));
    lastBanner = at;
    if (shown.verbosity() > 1) {
      path(at);
    }
  }

  private void path(Span at) {
    line(
        "task path: "
            + java.nio.file.Path.of(at.source().name()).toAbsolutePath().normalize()
            + ":"
            + at.line());
  }

  private void finished(RunEvent.HostFinished finished) {
    TaskResult result = finished.result();
    String host = label(finished.host(), result);
    // of a loop its items were told, unless something kept it from its end or they are hidden
    boolean toldByItems =
        looped.remove(finished.host())
            && result.values().containsKey("results")
            && !result.report().hidden();
    if (result.status() == TaskResult.Status.OK && !shown.okHosts()) {
      return;
    }
    if (result.skipped() && !shown.skippedHosts()) {
      return;
    }
    taskBanner(finished.at());
    if (!result.report().hidden()) {
      result.report().warnings().forEach(this::warn);
    }
    switch (result.status()) {
      case OK, CHANGED -> {
        diffs(result);
        if (!toldByItems) {
          line(word(result) + ": [" + host + "]" + verbose(finished.module(), result));
        }
      }
      case SKIPPED ->
          line("skipping: [" + finished.host() + "]" + verbose(finished.module(), result));
      case FAILED -> {
        diffs(result);
        if (!toldByItems) {
          line("fatal: [" + host + "]: FAILED! => " + text.of(finished.module(), result));
        }
      }
      case UNREACHABLE ->
          line("fatal: [" + host + "]: UNREACHABLE! => " + text.of(finished.module(), result));
    }
    if (result.ignored()) {
      line("...ignoring");
    }
  }

  private void item(RunEvent.ItemFinished finished) {
    TaskResult result = finished.result();
    looped.add(finished.host());
    String host = label(finished.host(), result);
    String item = result.report().hidden() ? "(censored due to no_log)" : finished.item();
    if ((result.skipped() && !shown.skippedHosts())
        || (result.status() == TaskResult.Status.OK && !shown.okHosts())) {
      return;
    }
    switch (result.status()) {
      case OK, CHANGED ->
          line(
              word(result)
                  + ": ["
                  + host
                  + "] => (item="
                  + item
                  + ")"
                  + verbose(finished.module(), result));
      case SKIPPED ->
          line(
              "skipping: ["
                  + finished.host()
                  + "] => (item="
                  + item
                  + ") "
                  + verbose(finished.module(), result));
      case FAILED ->
          line(
              "failed: ["
                  + host
                  + "] (item="
                  + item
                  + ") => "
                  + text.of(finished.module(), result));
      case UNREACHABLE ->
          line("[" + host + "]: UNREACHABLE! => " + text.of(finished.module(), result));
    }
    if (!result.report().hidden()) {
      result.report().warnings().forEach(this::warn);
    }
    diffs(result);
  }

  private String verbose(String module, TaskResult result) {
    return shown.verbosity() > 0 || text.isAlwaysShown(result)
        ? " => " + text.of(module, result)
        : "";
  }

  private static String word(TaskResult result) {
    return result.changed() ? "changed" : "ok";
  }

  private static String label(String host, TaskResult result) {
    return result.report().delegate().filter(to -> !to.equals(host)).isPresent()
        ? host + " -> " + result.report().delegate().get()
        : host;
  }

  private void diffs(TaskResult result) {
    if (result.report().hidden() || !result.changed()) {
      return;
    }
    for (Diff diff : result.report().diffs()) {
      UnifiedDiff.lines(diff).forEach(this::line);
    }
  }

  /// How a shell of another user is started.
  private static String program(RunAs as) {
    return as.method().equals("sudo") ? "sudo -H -S -u " + as.user() : "su " + as.user() + " -c";
  }

  private void recap(Map<String, Recap> hosts) {
    banner("PLAY RECAP");
    new TreeMap<>(hosts)
        .forEach(
            (host, recap) ->
                line(
                    "%-26s : ok=%-4d changed=%-4d unreachable=%-4d failed=%-4d skipped=%-4d rescued=%-4d ignored=%-4d"
                        .formatted(
                            host,
                            recap.ok(),
                            recap.changed(),
                            recap.unreachable(),
                            recap.failed(),
                            recap.skipped(),
                            recap.rescued(),
                            recap.ignored())));
    line("");
  }

  private void statistics(Map<String, Map<String, Object>> all) {
    banner("CUSTOM STATS: ");
    Map<String, Map<String, Object>> hosts = new LinkedHashMap<>(all);
    Map<String, Object> run = hosts.remove(Statistics.RUN);
    hosts.forEach((host, figures) -> line("\t" + host + ": " + ResultText.oneLine(figures)));
    if (run != null) {
      line("");
      line("\tRUN: " + ResultText.oneLine(run));
    }
    line("");
  }

  private void banner(String title) {
    String stripped = title.strip();
    line("\n" + stripped + " " + "*".repeat(Math.max(3, WIDTH - stripped.length())));
  }

  private void line(String said) {
    out.println(said);
  }
}
