package kk.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.playbook.Keyword;
import kk.playbook.MetaAction;
import kk.playbook.ModuleCall;
import kk.playbook.Play;
import kk.playbook.Role;
import kk.playbook.Settings;
import kk.playbook.Step;

/// A play made ready to run: all its steps in order, with facts and handler flushes in place.
final class PlayPlan {
  private final Play play;
  private final StepContext context;
  private final List<Step> steps;
  private final PlayHandlers handlers;
  private final PlayVariables variables;
  private final Map<Object, Object> cachedIncludes = new LinkedHashMap<>();
  private final Evaluation keywords;

  /// Roles whose handlers are known.
  private final Set<Role> imported = new HashSet<>();

  private volatile boolean started;

  /// Whether one of the tasks is the one to start at; only then facts are worth gathering.
  private boolean comesToStart;

  private final Optional<String> startAt;
  private final Defaults defaults;
  private final String strategy;
  private final boolean forcesHandlers;
  private final Optional<Double> maxFailPercentage;

  /// Prepares a play.
  ///
  /// @param keywords values of the play's keywords
  PlayPlan(
      Play play,
      Evaluation keywords,
      PlayVariables variables,
      Optional<String> startAt,
      Defaults defaults) {
    this.defaults = defaults;
    this.play = play;
    this.keywords = keywords;
    this.variables = variables;
    this.handlers = new PlayHandlers(keywords.variables());
    this.startAt = startAt;
    this.started = startAt.isEmpty();
    Settings inherited = Settings.NONE.below(play.settings()).without(Keyword.VARS);
    this.context = new StepContext(inherited, Optional.empty(), List.of(), Map.of(), play.folder());
    // read once: many threads ask, and a template is rendered by one at a time
    this.strategy = keywords.text(Keyword.STRATEGY).orElse(defaults.strategy());
    this.forcesHandlers =
        keywords.findTruth(Keyword.FORCE_HANDLERS).orElse(defaults.forceHandlers());
    this.maxFailPercentage = keywords.number(Keyword.MAX_FAIL_PERCENTAGE);
    this.steps = allSteps();
    collectKnown();
  }

  StepContext context() {
    return context;
  }

  List<Step> steps() {
    return steps;
  }

  PlayVariables variables() {
    return variables;
  }

  PlayHandlers handlers() {
    return handlers;
  }

  Path folder() {
    return play.folder();
  }

  boolean isFree() {
    return strategy.endsWith("free") || isPinned();
  }

  /// Whether a host that has begun holds its place until it is through.
  boolean isPinned() {
    return strategy.endsWith("host_pinned");
  }

  /// Whether a step is none of the playbook's own.
  boolean isImplicit(Step step) {
    return step.at().equals(play.at());
  }

  boolean forcesHandlers() {
    return forcesHandlers;
  }

  Optional<Double> maxFailPercentage() {
    return maxFailPercentage;
  }

  /// Whether `--start-at-task` has been reached, if there is one.
  boolean started() {
    return started;
  }

  /// Whether a step comes after the one of `--start-at-task`, or is it.
  boolean hasStarted(Step step) {
    if (!started && step instanceof Step.Task task && isStart(task)) {
      started = true;
    }
    boolean facts = isImplicit(step) && step instanceof Step.Task;
    return started || (facts && comesToStart);
  }

  private boolean isStart(Step.Task task) {
    return startAt.filter(wanted -> isCalled(task.name(), wanted)).isPresent();
  }

  /// Whether a name is the wanted one, in which `*` and `?` may stand for others.
  private static boolean isCalled(String name, String wanted) {
    return name.equals(wanted)
        || name.matches("\\Q" + wanted.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E");
  }

  /// Something read once for all hosts, such as the steps of an included file.
  @SuppressWarnings("unchecked")
  <T> T once(Object key, java.util.function.Supplier<T> reader) {
    synchronized (cachedIncludes) {
      if (!cachedIncludes.containsKey(key)) {
        cachedIncludes.put(key, reader.get());
      }
      return (T) cachedIncludes.get(key);
    }
  }

  /// Makes an included role's handlers known, and its variables when it is public.
  ///
  /// @param said whether the include says that it is
  void includeRole(Role role, StepContext inside, Optional<Boolean> said) {
    boolean visible = said.orElse(!defaults.privateRoles().orElse(true));
    synchronized (cachedIncludes) {
      collectRoles(role.dependencies(), inside);
      handlers.addAll(role.handlers(), inside);
      collectRoles(role.steps(), inside);
      if (visible) {
        variables.show(role);
      }
    }
  }

  private List<Step> allSteps() {
    List<Step> all = new ArrayList<>();
    boolean wanted =
        keywords
            .findTruth(Keyword.GATHER_FACTS)
            .orElse(defaults.gathering() != Defaults.Gathering.EXPLICIT);
    if (wanted) {
      all.add(gatherFacts());
    }
    all.addAll(play.preTasks());
    all.add(flush());
    all.addAll(play.roles());
    all.addAll(play.tasks());
    all.add(flush());
    all.addAll(play.postTasks());
    all.add(flush());
    return all;
  }

  private Step gatherFacts() {
    Settings settings =
        new Settings(
            Map.of(
                Keyword.NAME,
                new Settings.Setting("Gathering Facts", play.at()),
                Keyword.TAGS,
                new Settings.Setting(List.of("always"), play.at())));
    return new Step.Task(
        play.at(),
        settings,
        new ModuleCall("setup", play.at(), subset(), Optional.empty()),
        Optional.empty());
  }

  private Map<String, ModuleCall.Argument> subset() {
    Map<String, ModuleCall.Argument> arguments = new LinkedHashMap<>();
    for (Keyword keyword :
        List.of(Keyword.GATHER_SUBSET, Keyword.GATHER_TIMEOUT, Keyword.FACT_PATH)) {
      play.settings()
          .find(keyword)
          .ifPresent(
              s -> arguments.put(keyword.written(), new ModuleCall.Argument(s.at(), s.value())));
    }
    return arguments;
  }

  /// Whether a host needs no step: its facts are known already, and each host is asked once.
  boolean isSpared(Step step, boolean known) {
    return known
        && defaults.gathering() == Defaults.Gathering.SMART
        && isImplicit(step)
        && step instanceof Step.Task;
  }

  private Step flush() {
    return new Step.Meta(play.at(), Settings.NONE, MetaAction.FLUSH_HANDLERS);
  }

  /// Notes all roles that are known before the run and their handlers, in the order in which
  /// handlers run: those of the entries under `roles:`, the play's own, those of imported roles.
  private void collectKnown() {
    List<Runnable> insideEntries = new ArrayList<>();
    for (Step entry : play.roles()) {
      if (entry instanceof Step.UseRole use) {
        collectEntry(use, context, insideEntries);
      }
    }
    handlers.addAll(play.handlers(), context);
    insideEntries.forEach(Runnable::run);
    collectRoles(play.preTasks(), context);
    collectRoles(play.postTasks(), context);
    collectRoles(play.tasks(), context);
  }

  /// Notes an entry under `roles:` or a dependency of one.
  ///
  /// @param later takes what is left to do once the play's own handlers are there
  private void collectEntry(Step.UseRole use, StepContext at, List<Runnable> later) {
    StepContext inside = inside(use, at);
    use.role().dependencies().forEach(dependency -> collectEntry(dependency, inside, later));
    show(use, inside);
    later.add(() -> collectRoles(use.role().steps(), inside));
  }

  /// Notes all imported roles in a list of steps, dependencies first.
  private void collectRoles(List<? extends Step> list, StepContext at) {
    for (Step step : list) {
      switch (step) {
        case Step.UseRole use -> {
          StepContext inside = inside(use, at);
          collectRoles(use.role().dependencies(), inside);
          show(use, inside);
          collectRoles(use.role().steps(), inside);
        }
        case Step.Block block -> {
          StepContext inside = at.inside(block.settings());
          collectRoles(block.body(), inside);
          collectRoles(block.rescue(), inside);
          collectRoles(block.always(), inside);
        }
        case Step.Task task -> comesToStart |= isStart(task);
        case Step.Meta meta -> {}
        case Step.IncludeTasks include -> {}
        case Step.IncludeRole include -> {}
      }
    }
  }

  private static StepContext inside(Step.UseRole use, StepContext at) {
    return at.inside(use.role(), use.settings(), use.use().parameters());
  }

  private void show(Step.UseRole use, StepContext inside) {
    if (use.use().visible().orElse(!defaults.privateRoles().orElse(false))) {
      variables.show(use.role());
    }
    if (imported.add(use.role())) {
      handlers.addAll(use.role().handlers(), inside);
    }
  }
}
