package kk.standin.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import kk.standin.core.Artifacts.Event;
import kk.standin.core.State.Artifact;
import kk.standin.core.State.Execution;
import kk.standin.core.State.Peer;
import kk.standin.core.State.Policy;
import kk.standin.core.State.Repository;
import kk.standin.core.State.Task;
import kk.standin.http.Refusal;

/// Decides what is to be replicated, and follows it: an event of an artifact makes an execution of
/// each policy that wants it, and so does who asks. What fails before there are tasks is lost.
final class Replication implements AutoCloseable {
  private static final int KEPT = 50;
  private static final int AT_ONCE = 10;

  private final Store store;
  private final Settings settings;
  private final RegistryClient registry;
  private final Peers peers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore running = new Semaphore(AT_ONCE);

  Replication(Store store, Settings settings, RegistryClient registry, Peers peers) {
    this.store = store;
    this.settings = settings;
    this.registry = registry;
    this.peers = peers;
  }

  /// Starts what the event is to start, and returns at once.
  void on(Event event) {
    for (Policy policy : store.read(state -> List.copyOf(state.policies.all()))) {
      if (policy.enabled() && policy.trigger().type().equals("event_based")) {
        steps(policy, event).ifPresent(step -> begin(policy, "event_based", List.of(step)));
      }
    }
  }

  private static Optional<Step> steps(Policy policy, Event event) {
    return switch (event) {
      case Event.Pushed(String repository, String digest, String tag) -> {
        Optional<String> wanted = Optional.of(tag).filter(name -> !name.isEmpty());
        yield Globs.selects(policy, repository) && Globs.selects(policy, wanted)
            ? Optional.of(new Step.Copy(repository, digest, wanted.stream().toList()))
            : Optional.empty();
      }
      case Event.Deleted(String repository, String digest, List<String> tags) -> {
        List<String> wanted = Globs.selected(policy, tags);
        boolean chosen =
            tags.isEmpty() ? Globs.selects(policy, Optional.empty()) : !wanted.isEmpty();
        yield policy.deletion() && chosen && Globs.selects(policy, repository)
            ? Optional.of(new Step.Delete(repository, digest))
            : Optional.empty();
      }
      case Event.Untagged(String repository, String tag) ->
          policy.deletion()
                  && Globs.selects(policy, repository)
                  && Globs.selects(policy, Optional.of(tag))
              ? Optional.of(new Step.Untag(repository, tag))
              : Optional.empty();
    };
  }

  /// Starts a policy by hand, which copies everything that it selects and deletes nothing.
  ///
  /// @return the number of the execution
  long start(long id) {
    Policy policy = store.read(state -> PoliciesApi.require(state, id));
    if (!policy.enabled()) {
      throw new Refusal(Refusal.Code.PRECONDITION, "the policy " + policy.name() + " is disabled");
    }
    if (policy.destinationPeer() == 0) {
      throw Refusal.badRequest("the stand-in does not pull; replicate from the other side");
    }
    return begin(policy, "manual", store.read(state -> all(state, policy)));
  }

  private static List<Step> all(State state, Policy policy) {
    List<Step> steps = new ArrayList<>();
    for (Repository repository : state.repositories.values()) {
      if (!Globs.selects(policy, repository.name())) {
        continue;
      }
      for (Artifact artifact : repository.artifacts().values()) {
        List<String> tags = Globs.selected(policy, artifact.tags().keySet());
        boolean alone =
            artifact.tags().isEmpty()
                && !Artifacts.isChild(repository, artifact)
                && Globs.selects(policy, Optional.empty());
        if (alone || !tags.isEmpty()) {
          steps.add(new Step.Copy(repository.name(), artifact.digest(), tags));
        }
      }
    }
    return steps;
  }

  private long begin(Policy policy, String trigger, List<Step> steps) {
    Execution execution =
        store.change(
            state -> {
              Execution begun =
                  state.executions.add(
                      id ->
                          new Execution(
                              id, policy.id(), trigger, "InProgress", "", Artifacts.now(), null));
              List<Long> ours =
                  state.executions.all().stream()
                      .filter(e -> e.policyId() == policy.id())
                      .map(Execution::id)
                      .toList();
              List<Long> old = ours.subList(0, Math.max(0, ours.size() - KEPT));
              ExecutionsApi.forget(state, e -> old.contains(e.id()));
              return begun;
            });
    threads.execute(() -> run(policy, execution.id(), steps));
    return execution.id();
  }

  private void run(Policy policy, long execution, List<Step> steps) {
    try {
      running.acquire();
      try {
        if (steps.isEmpty()) {
          end(execution, "Succeed", "no resources need to be replicated");
        } else {
          runTasks(policy, execution, steps);
        }
      } finally {
        running.release();
      }
    } catch (IOException | RuntimeException e) {
      end(execution, "Failed", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runTasks(Policy policy, long execution, List<Step> steps)
      throws IOException, InterruptedException {
    Peer peer = store.read(state -> PeersApi.require(state, policy.destinationPeer()));
    PeerProjects projects = peers.projects(peer);
    for (Step step : steps) {
      if (step instanceof Step.Copy copy) {
        boolean open =
            store.read(state -> state.projectOf(copy.repository()).orElseThrow().isPublic());
        projects.require(Globs.destination(policy, copy.repository()), open);
      }
    }
    RegistryClient destination = peers.registry(peer);
    destination.check();
    List<Long> tasks = steps.stream().map(step -> add(policy, execution, step)).toList();
    boolean failed = false;
    for (int i = 0; i < steps.size(); i++) {
      var run = new TaskRun(policy, steps.get(i), registry, destination, projects, settings);
      failed |= !finish(execution, tasks.get(i), run);
    }
    end(execution, failed ? "Failed" : "Succeed", "");
  }

  private long add(Policy policy, long execution, Step step) {
    String to = Globs.destination(policy, step.repository());
    return store
        .change(
            state ->
                state.tasks.add(
                    id ->
                        new Task(
                            id,
                            execution,
                            "InProgress",
                            "image",
                            step.repository() + step.what(),
                            to + step.what(),
                            step.operation(),
                            UUID.randomUUID().toString(),
                            Artifacts.now(),
                            null,
                            "")))
        .id();
  }

  private boolean finish(long execution, long task, TaskRun run) throws InterruptedException {
    boolean stopped =
        store.read(
            state ->
                state
                    .executions
                    .find(execution)
                    .map(e -> e.status().equals("Stopped"))
                    .orElse(true));
    boolean done = !stopped && run.run();
    String status = stopped ? "Stopped" : done ? "Succeed" : "Failed";
    store.update(
        state -> state.tasks.rows.computeIfPresent(task, (_, old) -> old.ended(status, run.log())));
    return done;
  }

  /// What is running ends as it does; the rest is not begun.
  void stop(long execution) {
    end(execution, "Stopped", "");
  }

  private void end(long execution, String status, String text) {
    store.update(
        state ->
            state.executions.rows.computeIfPresent(execution, (_, old) -> old.ended(status, text)));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
