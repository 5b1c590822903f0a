package kk.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import kk.bind.Installed;
import kk.inventory.Host;
import kk.inventory.Inventory;
import kk.load.PlaybookLoader;
import kk.problem.Problems;
import kk.spi.Secret;
import kk.template.Templates;
import kk.variables.VariableStore;

/// What all parts of a run share.
///
/// @param loader reads what is included while running; guarded by itself
/// @param loadProblems where the loader puts its problems
/// @param inventory reads the sources of the inventory again
/// @param prompter asks the user
/// @param failed hosts that are out of the run because a task failed
/// @param unreachable hosts that are out of the run because they can't be reached
/// @param stepping asks before each step, if the user wants that
/// @param jobs what has been left in the background
/// @param statistics figures that tasks have noted
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
    Supplier<Inventory> inventory,
    Prompter prompter,
    RunEvent.Listener events,
    Stepping stepping,
    Jobs jobs,
    Statistics statistics,
    Set<Host> failed,
    Set<Host> unreachable,
    Semaphore permits,
    StopRequest stop,
    Map<String, Recap> recaps) {

  static Running begin(RunRequest request) {
    Object gate = new Object();
    RunEvent.Listener oneAtATime =
        event -> {
          synchronized (gate) {
            request.listener().accept(event);
          }
        };
    return new Running(
        request.options(),
        request.installed(),
        request.templates(),
        request.variables(),
        new Connections(request.installed(), request.options()),
        request.loader(),
        request.loadProblems(),
        request.inventory(),
        request.prompter(),
        oneAtATime,
        new Stepping(request.options().stepwise(), request.prompter()),
        new Jobs(),
        new Statistics(),
        ConcurrentHashMap.newKeySet(),
        ConcurrentHashMap.newKeySet(),
        new Semaphore(request.options().forks()),
        request.stop(),
        new TreeMap<>());
  }

  /// Reads the sources of the inventory again.
  void refreshInventory() {
    variables.refresh(inventory.get());
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
