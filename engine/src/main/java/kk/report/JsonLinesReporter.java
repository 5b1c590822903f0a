package kk.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.run.Recap;
import kk.run.RunEvent;
import kk.run.TaskResult;
import kk.source.Span;

/// Tells a run as one JSON object a line, for programs.
public final class JsonLinesReporter implements RunEvent.Listener {
  private final JsonText json = new JsonText();
  private final PrintStream out;
  private final Redactor redactor;

  public JsonLinesReporter(PrintStream out, Redactor redactor) {
    this.out = out;
    this.redactor = redactor;
  }

  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted(String playbook, boolean check) ->
          tell("run_started", "playbook", playbook, "check", check);
      case RunEvent.PlayStarted(String play, List<String> hosts, boolean lockstep) ->
          tell("play_started", "play", play, "hosts", hosts);
      case RunEvent.NoHosts(String play, String pattern) ->
          tell("no_hosts", "play", play, "pattern", pattern);
      case RunEvent.TaskStarted(
              String task,
              Optional<String> role,
              boolean handler,
              Span at,
              List<String> hosts) ->
          tell(
              "task_started",
              "task",
              task,
              "role",
              role.orElse(""),
              "handler",
              handler,
              "at",
              at.fileAndLine(),
              "hosts",
              hosts);
      case RunEvent.HostFinished(
              String host,
              String task,
              String module,
              Optional<String> role,
              Span at,
              TaskResult result) ->
          tell(
              "host_finished",
              "host",
              host,
              "task",
              task,
              "role",
              role.orElse(""),
              "at",
              at.fileAndLine(),
              "result",
              result(result));
      case RunEvent.ItemFinished(
              String host,
              String task,
              String module,
              String item,
              TaskResult result) ->
          tell(
              "item_finished",
              "host",
              host,
              "task",
              task,
              "item",
              result.report().hidden() ? Redactor.HIDDEN : item,
              "result",
              result(result));
      case RunEvent.Retrying(String host, String task, long left) ->
          tell("retrying", "host", host, "task", task, "left", left);
      case RunEvent.Included(String what, List<String> hosts) ->
          tell("included", "what", what, "hosts", hosts);
      case RunEvent.StepStarted started -> {}
      case RunEvent.StepSkipped skipped -> {}
      case RunEvent.Escalated escalated -> {}
      case RunEvent.MetaDone(String what) -> tell("meta", "what", what);
      case RunEvent.Notified(String host, String handler) ->
          tell("notified", "host", host, "handler", handler);
      case RunEvent.NobodyLeft nobody -> tell("nobody_left");
      case RunEvent.Transferred(String host, String what, long sent, long total) ->
          tell("transferred", "host", host, "what", what, "sent", sent, "total", total);
      case RunEvent.Asserted(String host, int conditions, boolean held) ->
          tell("assert", "host", host, "conditions", conditions, "ok", held);
      case RunEvent.Told(String host, String text) -> tell("told", "host", host, "text", text);
      case RunEvent.Warned(String text) -> tell("warning", "text", text);
      case RunEvent.RunEnded(
              Map<String, Recap> hosts,
              Map<String, Map<String, Object>> statistics,
              Duration took,
              boolean aborted) ->
          tell(
              "recap",
              "hosts",
              recaps(hosts),
              "statistics",
              statistics,
              "milliseconds",
              took.toMillis());
    }
  }

  /// Totals as the conformance runner reads them.
  static Map<String, Object> recaps(Map<String, Recap> hosts) {
    Map<String, Object> recaps = new LinkedHashMap<>();
    hosts.forEach(
        (host, recap) -> {
          Map<String, Object> counters = new LinkedHashMap<>();
          counters.put("ok", recap.ok());
          counters.put("changed", recap.changed());
          counters.put("unreachable", recap.unreachable());
          counters.put("failures", recap.failed());
          counters.put("skipped", recap.skipped());
          counters.put("rescued", recap.rescued());
          counters.put("ignored", recap.ignored());
          recaps.put(host, counters);
        });
    return recaps;
  }

  private static Map<String, Object> result(TaskResult result) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("status", result.status().name().toLowerCase(Locale.ROOT));
    told.put("ignored", result.ignored());
    told.put("why", result.report().hidden() ? Redactor.HIDDEN : result.why());
    told.put("milliseconds", result.took().toMillis());
    result.report().delegate().ifPresent(to -> told.put("delegate", to));
    if (result.report().hidden()) {
      told.put("values", Redactor.HIDDEN);
    } else {
      told.put("values", result.values());
      told.put("actions", result.report().actions());
      told.put("diffs", result.report().diffs());
    }
    return told;
  }

  private void tell(String event, Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("event", event);
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    out.println(json.of(redactor.redactAll(object)));
    out.flush();
  }
}
