package kk.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.source.Span;

/// What happened, in order. The runner only tells; reporters decide what to show.
public sealed interface RunEvent {

  /// A run begins.
  ///
  /// @param check whether nothing will be changed
  record RunStarted(String playbook, boolean check) implements RunEvent {}

  /// A play begins, or its next batch of hosts.
  record PlayStarted(String play, List<String> hosts) implements RunEvent {}

  /// A play has no hosts to work on.
  record NoHosts(String play, String pattern) implements RunEvent {}

  /// A task begins on its hosts.
  record TaskStarted(
      String task, Optional<String> role, boolean handler, Span at, List<String> hosts)
      implements RunEvent {}

  /// A host has finished a task.
  record HostFinished(String host, String task, Optional<String> role, Span at, TaskResult result)
      implements RunEvent {}

  /// A host has finished one item of a task's loop.
  record ItemFinished(String host, String task, String item, TaskResult result)
      implements RunEvent {}

  /// A task is tried again.
  record Retrying(String host, String task, long left) implements RunEvent {}

  /// Steps were included for some hosts.
  record Included(String what, List<String> hosts) implements RunEvent {}

  /// Bytes are on their way to a host.
  record Transferred(String host, String what, long sent, long total) implements RunEvent {}

  /// An assertion was evaluated.
  record Asserted(String host, int conditions, boolean held) implements RunEvent {}

  /// Something the user should know, though nothing failed.
  record Warned(String text) implements RunEvent {}

  /// The run is over.
  ///
  /// @param hosts totals of all hosts a task ended on, by name
  record RunEnded(Map<String, Recap> hosts, Duration took) implements RunEvent {}

  /// Takes events; called by one thread at a time.
  interface Listener {
    void accept(RunEvent event);
  }
}
