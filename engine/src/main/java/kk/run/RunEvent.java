package kk.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.source.Span;
import kk.spi.RunAs;

/// What happened, in order. The runner only tells; reporters decide what to show.
public sealed interface RunEvent {

  /// A run begins.
  ///
  /// @param check whether nothing will be changed
  record RunStarted(String playbook, boolean check) implements RunEvent {}

  /// A play begins, or its next batch of hosts.
  ///
  /// @param lockstep whether its hosts wait for each other after each task
  record PlayStarted(String play, List<String> hosts, boolean lockstep) implements RunEvent {}

  /// A play has no hosts to work on.
  record NoHosts(String play, String pattern) implements RunEvent {}

  /// A task begins on its hosts.
  record TaskStarted(
      String task, Optional<String> role, boolean handler, Span at, List<String> hosts)
      implements RunEvent {}

  /// A host has finished a task.
  ///
  /// @param module what the task calls
  record HostFinished(
      String host, String task, String module, Optional<String> role, Span at, TaskResult result)
      implements RunEvent {}

  /// A host has finished one item of a task's loop.
  ///
  /// @param module what the task calls
  record ItemFinished(String host, String task, String module, String item, TaskResult result)
      implements RunEvent {}

  /// A step begins that calls no module: an include or a `meta`.
  record StepStarted(String task, Optional<String> role, boolean handler, Span at)
      implements RunEvent {}

  /// Such a step had nothing to do for a host.
  record StepSkipped(String host, TaskResult result) implements RunEvent {}

  /// A `meta` task did something, or for a reason didn't.
  ///
  /// @param what in words: `ending play`
  record MetaDone(String what) implements RunEvent {}

  /// A change made a handler run later.
  record Notified(String host, String handler) implements RunEvent {}

  /// No host of a play is left to go on with.
  record NobodyLeft() implements RunEvent {}

  /// A task is tried again.
  record Retrying(String host, String task, long left) implements RunEvent {}

  /// Steps were included for some hosts.
  record Included(String what, List<String> hosts) implements RunEvent {}

  /// Bytes are on their way to a host.
  record Transferred(String host, String what, long sent, long total) implements RunEvent {}

  /// A task's commands are run as another user.
  record Escalated(String host, RunAs as) implements RunEvent {}

  /// An assertion was evaluated.
  record Asserted(String host, int conditions, boolean held) implements RunEvent {}

  /// A task says something while it is at work.
  record Told(String host, String text) implements RunEvent {}

  /// Something the user should know, though nothing failed.
  record Warned(String text) implements RunEvent {}

  /// The run is over.
  ///
  /// @param hosts totals of all hosts a task ended on, by name
  /// @param statistics figures that tasks have noted, by host; [Statistics#RUN] for the run's
  /// @param aborted whether something wrong in the playbook ended it
  record RunEnded(
      Map<String, Recap> hosts,
      Map<String, Map<String, Object>> statistics,
      Duration took,
      boolean aborted)
      implements RunEvent {}

  /// Takes events; called by one thread at a time.
  interface Listener {
    void accept(RunEvent event);
  }
}
