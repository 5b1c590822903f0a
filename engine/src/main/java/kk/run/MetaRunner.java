package kk.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.inventory.Host;
import kk.inventory.Inventory;
import kk.playbook.Keyword;
import kk.playbook.MetaAction;
import kk.playbook.Step;

/// Does what `meta` tasks ask for: things that concern the run itself and no host's files.
final class MetaRunner {
  private final Running running;
  private final PlayPlan plan;
  private volatile boolean playEnded;

  MetaRunner(Batch batch) {
    this.running = batch.running();
    this.plan = batch.plan();
  }

  /// Whether the play is over for its other batches too.
  boolean playEnded() {
    return playEnded;
  }

  /// Does a meta task for the hosts that are at it.
  ///
  /// @param group the hosts that are at it
  /// @param all every host of the batch, which some actions concern
  void run(StepScope scope, Step.Meta meta, List<HostCursor> group, List<HostCursor> all) {
    if (!plan.isImplicit(meta)) {
      running
          .events()
          .accept(
              new RunEvent.StepStarted(
                  meta.settings().text(Keyword.NAME).orElse("meta"),
                  scope.unit().context().roleName(),
                  scope.unit().handler(),
                  meta.at()));
    }
    List<HostCursor> willing = new ArrayList<>();
    for (HostCursor cursor : group) {
      if (holds(scope, meta, cursor)) {
        willing.add(cursor);
      } else {
        skipped(meta, cursor);
      }
      if (!isPerHost(meta.action())) {
        break; // the first host speaks for all
      }
    }
    group.forEach(cursor -> cursor.done(false));
    if (willing.isEmpty()) {
      return;
    }
    switch (meta.action()) {
      case FLUSH_HANDLERS -> willing.forEach(HostCursor::flushHandlers);
      case END_HOST -> willing.forEach(HostCursor::stop);
      case END_BATCH -> all.forEach(HostCursor::stop);
      case END_PLAY -> {
        playEnded = true;
        all.forEach(HostCursor::stop);
      }
      case END_ROLE -> willing.forEach(HostCursor::endRole);
      case CLEAR_HOST_ERRORS -> {
        running.failed().clear();
        running.unreachable().clear();
        all.forEach(HostCursor::clearErrors);
      }
      case CLEAR_FACTS -> all.forEach(c -> running.variables().of(c.host()).clearFacts());
      case REFRESH_INVENTORY -> {
        running.refreshInventory();
        all.stream().filter(c -> !isKnown(c.host())).forEach(HostCursor::stop);
      }
      case RESET_CONNECTION -> willing.forEach(c -> running.connections().reset(c.host().name()));
      case NOOP -> {}
    }
    willing.forEach(cursor -> tell(meta, done(meta.action(), cursor)));
  }

  private boolean isKnown(Host host) {
    return host.name().equals(Inventory.LOCALHOST)
        || running.variables().inventory().find(host.name()).isPresent();
  }

  /// A flush between the sections of a play is nobody's task and goes without saying.
  private void tell(Step.Meta meta, String what) {
    if (!plan.isImplicit(meta)) {
      running.events().accept(new RunEvent.MetaDone(what));
    }
  }

  private void skipped(Step.Meta meta, HostCursor cursor) {
    String why =
        meta.action().written() + " conditional evaluated to False" + without(cursor, meta);
    tell(meta, why);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("msg", meta.action().written());
    values.put("skip_reason", why);
    if (!plan.isImplicit(meta)) {
      running
          .events()
          .accept(
              new RunEvent.StepSkipped(
                  cursor.host().name(),
                  new TaskResult(
                      TaskResult.Status.SKIPPED,
                      false,
                      why,
                      Optional.empty(),
                      values,
                      TaskResult.Report.NONE,
                      Duration.ZERO)));
    }
  }

  private boolean holds(StepScope scope, Step.Meta meta, HostCursor cursor) {
    return switch (meta.action()) {
      case NOOP, REFRESH_INVENTORY, RESET_CONNECTION -> true;
      case FLUSH_HANDLERS,
          END_HOST,
          END_BATCH,
          END_PLAY,
          END_ROLE,
          CLEAR_HOST_ERRORS,
          CLEAR_FACTS ->
          scope.evaluation(scope.variables(cursor.host())).holds(Keyword.WHEN);
    };
  }

  /// Whether an action concerns each host by itself.
  private static boolean isPerHost(MetaAction action) {
    return switch (action) {
      case FLUSH_HANDLERS, END_HOST, END_ROLE, RESET_CONNECTION, NOOP -> true;
      case END_PLAY, END_BATCH, CLEAR_HOST_ERRORS, CLEAR_FACTS, REFRESH_INVENTORY -> false;
    };
  }

  private static String done(MetaAction action, HostCursor cursor) {
    String host = cursor.host().name();
    return switch (action) {
      case FLUSH_HANDLERS -> "triggered running handlers for " + host;
      case END_HOST -> "ending play for " + host;
      case END_BATCH -> "ending batch";
      case END_PLAY -> "ending play";
      case END_ROLE -> "ending role for " + host;
      case CLEAR_HOST_ERRORS -> "cleared host errors";
      case CLEAR_FACTS -> "facts cleared";
      case REFRESH_INVENTORY -> "inventory successfully refreshed";
      case RESET_CONNECTION -> "reset connection";
      case NOOP -> "noop";
    };
  }

  private static String without(HostCursor cursor, Step.Meta meta) {
    String host = cursor.host().name();
    return switch (meta.action()) {
      case FLUSH_HANDLERS -> ", not running handlers for " + host;
      case END_HOST -> ", continuing execution for " + host;
      case END_BATCH -> ", continuing current batch";
      case END_PLAY -> ", continuing play";
      case END_ROLE -> ", continuing role for " + host;
      case CLEAR_HOST_ERRORS -> ", not clearing host error state for " + host;
      case CLEAR_FACTS -> ", not clearing facts and fact cache for " + host;
      case NOOP, REFRESH_INVENTORY, RESET_CONNECTION -> "";
    };
  }
}
