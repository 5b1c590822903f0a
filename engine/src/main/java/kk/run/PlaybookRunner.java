package kk.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import kk.inventory.Host;
import kk.inventory.HostPattern;
import kk.inventory.Inventory;
import kk.playbook.Keyword;
import kk.playbook.Play;
import kk.playbook.Playbook;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.variables.VariableStore;

/// Runs a playbook: play after play, batch after batch. Tells what happens and never prints.
public final class PlaybookRunner implements AutoCloseable {
  /// Where programs of the target's own find Python; kk itself needs none.
  private static final String PYTHON =
      Stream.of("/usr/bin/python3", "/usr/local/bin/python3", "/usr/bin/python")
          .filter(name -> Files.isExecutable(Path.of(name)))
          .findFirst()
          .orElse("python3");

  private final Running running;
  private final Host anyone;

  /// The task to begin with, until a play had it.
  private Optional<String> startAt;

  /// A runner for playbooks that share connections, variables and hosts that are out.
  public PlaybookRunner(RunRequest request) {
    this.running = Running.begin(request);
    this.anyone = running.variables().inventory().find(Inventory.LOCALHOST).orElseThrow();
    this.startAt = running.options().startAt();
  }

  /// How a run ended.
  ///
  /// @param hosts totals by host
  /// @param failed hosts that are out of the run because a task failed, by name
  /// @param unreachable hosts that are out of it because they can't be reached
  public record Ended(
      Map<String, Recap> hosts, SortedSet<String> failed, SortedSet<String> unreachable) {
    public boolean anyFailed() {
      return !failed.isEmpty();
    }

    public boolean anyUnreachable() {
      return !unreachable.isEmpty();
    }

    /// All hosts that have not come to the end.
    public SortedSet<String> lost() {
      SortedSet<String> lost = new TreeSet<>(failed);
      lost.addAll(unreachable);
      return lost;
    }
  }

  /// Runs a playbook that has been loaded without problems.
  ///
  /// @throws ProblemsFound when something wrong in the files comes to light only now
  /// @throws Stopped when it was asked to stop
  /// @throws InterruptedException when the user ends it; no command is left running
  public Ended run(Playbook playbook) throws InterruptedException {
    Instant started = Instant.now();
    running
        .events()
        .accept(new RunEvent.RunStarted(playbook.file().toString(), running.options().check()));
    boolean aborted = true;
    try {
      for (Play play : playbook.plays()) {
        if (!runOrComplain(play)) {
          break;
        }
      }
      aborted = false;
    } catch (InterruptedException e) {
      aborted = false;
      throw e;
    } finally {
      Map<String, Recap> totals = new LinkedHashMap<>(running.recaps());
      running
          .events()
          .accept(
              new RunEvent.RunEnded(
                  totals,
                  running.statistics().all(),
                  Duration.between(started, Instant.now()),
                  aborted));
    }
    return new Ended(
        Map.copyOf(running.recaps()), names(running.failed()), names(running.unreachable()));
  }

  private static SortedSet<String> names(Set<Host> hosts) {
    SortedSet<String> names = new TreeSet<>();
    hosts.forEach(host -> names.add(host.name()));
    return names;
  }

  /// What a play's own keywords need and isn't there is nobody's failure but the playbook's.
  private boolean runOrComplain(Play play) throws InterruptedException {
    try {
      return run(play);
    } catch (EvaluationFailed e) {
      throw new ProblemsFound(e.problem());
    }
  }

  /// Runs one play; false when the whole run has to stop because nobody is left.
  private boolean run(Play play) throws InterruptedException {
    Evaluation own = new Evaluation(play.settings(), playVariables(play), running.templates());
    Layer answers = Layer.data("vars_prompt", VarsPrompt.answers(running, play, own.variables()));
    Evaluation keywords =
        new Evaluation(play.settings(), own.variables().with(answers), running.templates());
    List<Host> hosts = hosts(keywords);
    String name = keywords.text(Keyword.NAME).orElse(play.name());
    if (hosts.isEmpty()) {
      running
          .events()
          .accept(new RunEvent.NoHosts(name, String.join(",", keywords.texts(Keyword.HOSTS))));
      return true;
    }
    List<Host> alive =
        ordered(hosts, play, keywords).stream().filter(host -> !running.isOut(host)).toList();
    if (alive.isEmpty()) {
      running.events().accept(new RunEvent.PlayStarted(name, List.of(), true));
      return true;
    }
    for (List<Host> batch : Batches.of(alive, keywords.texts(Keyword.SERIAL))) {
      List<Host> left = batch.stream().filter(host -> !running.isOut(host)).toList();
      if (left.isEmpty()) {
        continue;
      }
      VarsFiles files = new VarsFiles(running, play, keywords.variables());
      PlayVariables variables = new PlayVariables(play, answers, files, basics(play), hosts);
      PlayPlan plan =
          new PlayPlan(play, keywords, variables, startAt, running.options().defaults());
      running
          .events()
          .accept(
              new RunEvent.PlayStarted(
                  name, left.stream().map(Host::name).toList(), !plan.isFree()));
      PlayRunner runner = new PlayRunner(new Batch(running, plan, left));
      runner.run();
      startAt = startAt.filter(task -> !plan.started());
      if (runner.runEnded() || left.stream().allMatch(running::isOut)) {
        return false;
      }
      if (runner.ended()) {
        break;
      }
    }
    return true;
  }

  private List<Host> hosts(Evaluation keywords) {
    HostPattern patterns = new HostPattern(running.variables().inventory());
    List<Host> hosts = new ArrayList<>(patterns.select(keywords.texts(Keyword.HOSTS)));
    if (!running.options().limit().isEmpty()) {
      hosts.retainAll(patterns.select(running.options().limit()));
    }
    return hosts;
  }

  private static List<Host> ordered(List<Host> inventory, Play play, Evaluation keywords) {
    List<Host> hosts = new ArrayList<>(inventory);
    switch (keywords.text(Keyword.ORDER).orElse("inventory")) {
      case "inventory" -> {}
      case "reverse_inventory" -> Collections.reverse(hosts);
      case "sorted" -> hosts.sort(Comparator.comparing(Host::name));
      case "reverse_sorted" -> hosts.sort(Comparator.comparing(Host::name).reversed());
      case "shuffle" -> Collections.shuffle(hosts);
      default ->
          throw new ProblemsFound(
              Problem.of(
                      "wrong-value",
                      play.settings().find(Keyword.ORDER).orElseThrow().at(),
                      "there is no such order")
                  .note(
                      "there are: inventory, reverse_inventory, sorted, reverse_sorted, shuffle"));
    }
    return hosts;
  }

  /// What the play's own keywords may refer to: what doesn't depend on a host.
  private HostVariables playVariables(Play play) {
    return running
        .variables()
        .view(
            anyone,
            new VariableStore.Context(
                List.of(),
                List.of(Layer.trusted("vars of the play", play.settings().map(Keyword.VARS))),
                List.of(),
                Map.of(),
                Map.of(),
                basics(play),
                List.of(play.folder())));
  }

  /// Ends all connections.
  @Override
  public void close() {
    running.connections().close();
  }

  private Map<String, Object> basics(Play play) {
    RunOptions options = running.options();
    Map<String, Object> basics = new LinkedHashMap<>();
    basics.put("playbook_dir", play.folder().toString());
    basics.put("ansible_check_mode", options.check());
    basics.put("ansible_diff_mode", options.diff());
    basics.put("ansible_verbosity", (long) options.verbosity());
    basics.put("ansible_forks", (long) options.forks());
    basics.put("ansible_run_tags", options.tags().isEmpty() ? List.of("all") : options.tags());
    basics.put("ansible_skip_tags", options.skipTags());
    basics.put("ansible_play_name", play.name());
    basics.put("ansible_playbook_python", PYTHON);
    basics.put("ansible_limit", String.join(",", options.limit()));
    basics.put("ansible_inventory_sources", options.inventories());
    basics.put("ansible_config_file", options.configuration().map(Path::toString).orElse(""));
    basics.put(
        "ansible_version",
        Map.of("full", "2.19.0", "major", 2L, "minor", 19L, "revision", 0L, "string", "2.19.0"));
    return basics;
  }
}
