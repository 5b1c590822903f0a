package kk.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import kk.bind.Installed;
import kk.inventory.Host;
import kk.load.PlaybookLoader;
import kk.problem.Problems;
import kk.spi.Secret;
import kk.template.Templates;
import kk.variables.VariableStore;

/// What all parts of a run share.
///
/// @param loader reads what is included while running; guarded by itself
/// @param loadProblems where the loader puts its problems
/// @param failed hosts that are out of the run because a task failed
/// @param unreachable hosts that are out of the run because they can't be reached
/// @param permits one for each host that may be worked on at once
/// @param stop whether nothing new may begin
/// @param recaps totals by host
record Running(
    RunOptions options,
    Installed installed,
    Templates templates,
    VariableStore variables,
    Connections connections,
    PlaybookLoader loader,
    Problems loadProblems,
    RunEvent.Listener events,
    Set<Host> failed,
    Set<Host> unreachable,
    Semaphore permits,
    StopRequest stop,
    Map<String, Recap> recaps) {

  static Running begin(
      RunOptions options,
      Installed installed,
      Templates templates,
      VariableStore variables,
      PlaybookLoader loader,
      Problems loadProblems,
      RunEvent.Listener listener,
      StopRequest stop) {
    Object gate = new Object();
    RunEvent.Listener oneAtATime =
        event -> {
          synchronized (gate) {
            listener.accept(event);
          }
        };
    return new Running(
        options,
        installed,
        templates,
        variables,
        new Connections(installed, options.knownHosts()),
        loader,
        loadProblems,
        oneAtATime,
        ConcurrentHashMap.newKeySet(),
        ConcurrentHashMap.newKeySet(),
        new Semaphore(options.forks()),
        stop,
        new TreeMap<>());
  }

  boolean isOut(Host host) {
    return failed.contains(host) || unreachable.contains(host);
  }

  Optional<Secret> becomePassword() {
    return options.becomePassword();
  }

  Path knownHosts() {
    return options.knownHosts();
  }

  void count(Host host, TaskResult result, boolean toBeRescued) {
    synchronized (recaps) {
      recaps.merge(
          host.name(),
          Recap.NONE.count(result, toBeRescued),
          (sofar, one) -> sofar.count(result, toBeRescued));
    }
  }
}
