package kk.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.MetaAction;
import kk.playbook.ModuleCall;
import kk.playbook.Play;
import kk.playbook.Role;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.source.Span;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.variables.VariableStore;

/// A play made ready to run: all its steps in order with facts and handler flushes in place, its
/// handlers, and the variables it adds.
final class PlayPlan {
  private final Play play;
  private final StepContext context;
  private final List<Step> steps;
  private final Map<String, Object> roleNames;
  private final List<Handler> handlers = new CopyOnWriteArrayList<>();
  private final List<Layer> playLayers;
  private final VarsFiles varsFiles;
  private final Set<Role> visibleRoles = new LinkedHashSet<>();

  /// `vars` of the entries under `roles:`, which all of the play sees.
  private final List<Layer> entryVars = new ArrayList<>();

  private final Map<Object, Object> cachedIncludes = new LinkedHashMap<>();
  private final Map<String, Object> basics;
  private final List<Host> hosts;
  private final Evaluation keywords;
  private int sections;

  /// Handlers whose names can't be told, which was said already.
  private final Set<Step> unusable = ConcurrentHashMap.newKeySet();

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
  /// @param answers what the user was asked for
  /// @param varsFiles its `vars_files`
  /// @param basics magic variables that don't depend on a task
  /// @param hosts the hosts of all batches
  PlayPlan(
      Play play,
      Evaluation keywords,
      Layer answers,
      VarsFiles varsFiles,
      Map<String, Object> basics,
      List<Host> hosts,
      Optional<String> startAt,
      Defaults defaults) {
    this.defaults = defaults;
    this.play = play;
    this.keywords = keywords;
    this.basics = basics;
    this.hosts = List.copyOf(hosts);
    this.startAt = startAt;
    this.started = startAt.isEmpty();
    Settings inherited = Settings.NONE.below(play.settings()).without(Keyword.VARS);
    this.context = new StepContext(inherited, Optional.empty(), List.of(), Map.of(), play.folder());
    this.playLayers = new ArrayList<>();
    this.playLayers.add(Layer.trusted("vars of the play", play.settings().map(Keyword.VARS)));
    this.playLayers.add(answers);
    this.varsFiles = varsFiles;
    // read once: many threads ask, and a template is rendered by one at a time
    this.strategy = keywords.text(Keyword.STRATEGY).orElse(defaults.strategy());
    this.forcesHandlers =
        keywords.findTruth(Keyword.FORCE_HANDLERS).orElse(defaults.forceHandlers());
    this.maxFailPercentage = keywords.number(Keyword.MAX_FAIL_PERCENTAGE);
    this.steps = allSteps();
    this.roleNames = roleNames(play.roles());
    collectRoles(play.preTasks(), context, false);
    collectRoles(play.roles(), context, true);
    collectRoles(play.tasks(), context, false);
    collectRoles(play.postTasks(), context, false);
    addHandlers(play.handlers(), context);
  }

  StepContext context() {
    return context;
  }

  List<Step> steps() {
    return steps;
  }

  List<Handler> handlers() {
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
  void includeRole(Role role, StepContext inside, boolean visible) {
    synchronized (cachedIncludes) {
      collectRoles(List.copyOf(role.dependencies()), inside, false);
      addHandlers(role.handlers(), inside);
      collectRoles(role.steps(), inside, false);
      if (visible) {
        visibleRoles.add(role);
      }
    }
  }

  /// The variables of a host at a step.
  HostVariables variables(Running running, Unit unit, Host host, List<Host> batch) {
    StepContext at = unit.context();
    List<Layer> defaults = new ArrayList<>();
    List<Layer> roleVars = new ArrayList<>();
    List<Role> own = new ArrayList<>(at.outerRoles().reversed());
    at.role()
        .ifPresent(
            role -> {
              addDependencies(role, own);
              own.add(role);
            });
    synchronized (cachedIncludes) {
      visibleRoles.forEach(role -> addRole(role, defaults, roleVars));
    }
    roleVars.addAll(entryVars);
    own.forEach(role -> addRole(role, defaults, roleVars));
    Map<String, Object> magic = new LinkedHashMap<>(basics);
    List<String> active = new HostNames(hosts, one -> !running.isOut(one));
    magic.put("ansible_play_batch", new HostNames(batch, one -> !running.isOut(one)));
    magic.put("ansible_play_hosts", active);
    magic.put("play_hosts", active);
    magic.put("ansible_play_hosts_all", new HostNames(hosts, one -> true));
    at.role()
        .ifPresent(
            role -> {
              magic.put("role_name", role.name());
              magic.put("role_path", role.folder().toString());
              magic.put("ansible_role_name", role.name());
              if (!at.outerRoles().isEmpty()) {
                magic.put(
                    "ansible_parent_role_names", at.outerRoles().stream().map(Role::name).toList());
                magic.put(
                    "ansible_parent_role_paths",
                    at.outerRoles().stream().map(outer -> outer.folder().toString()).toList());
              }
            });
    magic.putAll(roleNames);
    List<Path> path = searchPath(at, unit.step().at());
    magic.put(
        "ansible_search_path",
        FileSearch.foldersOf(at, Destination.folderOf(unit.step().at())).stream()
            .map(Path::toString)
            .distinct()
            .toList());
    List<Layer> layers = new ArrayList<>(playLayers);
    layers.addAll(
        varsFiles.of(() -> running.variables().view(host, ofThePlay(playLayers, magic, path))));
    Map<String, Object> vars = new LinkedHashMap<>(at.vars());
    vars.putAll(unit.step().settings().map(Keyword.VARS));
    return running
        .variables()
        .view(
            host,
            new VariableStore.Context(
                defaults, layers, roleVars, vars, at.parameters(), magic, path));
  }

  private static VariableStore.Context ofThePlay(
      List<Layer> layers, Map<String, Object> magic, List<Path> path) {
    return new VariableStore.Context(List.of(), layers, List.of(), Map.of(), Map.of(), magic, path);
  }

  private static List<Path> searchPath(StepContext at, Span step) {
    List<Path> path = new ArrayList<>();
    for (Path folder : FileSearch.foldersOf(at, Destination.folderOf(step))) {
      path.add(folder.resolve("templates"));
      path.add(folder.resolve("files"));
      path.add(folder);
    }
    return path;
  }

  /// The roles that a role depends on, whose variables it sees.
  private static void addDependencies(Role role, List<Role> into) {
    for (Step.UseRole use : role.dependencies()) {
      addDependencies(use.role(), into);
      into.add(use.role());
    }
  }

  private static void addRole(Role role, List<Layer> defaults, List<Layer> roleVars) {
    defaults.add(Layer.trusted("defaults of role " + role.name(), role.defaults()));
    roleVars.add(Layer.trusted("vars of role " + role.name(), role.vars()));
  }

  /// The roles of the play by name: its entries, what they depend on, and both.
  private static Map<String, Object> roleNames(List<Step> entries) {
    Set<String> own = new LinkedHashSet<>();
    Set<String> dependencies = new LinkedHashSet<>();
    for (Step step : entries) {
      if (step instanceof Step.UseRole use) {
        own.add(use.role().name());
        collectDependencies(use.role(), dependencies);
      }
    }
    Set<String> all = new LinkedHashSet<>(own);
    all.addAll(dependencies);
    return Map.of(
        "ansible_play_role_names",
        List.copyOf(own),
        "role_names",
        List.copyOf(own),
        "ansible_dependent_role_names",
        List.copyOf(dependencies),
        "ansible_role_names",
        List.copyOf(all));
  }

  private static void collectDependencies(Role role, Set<String> names) {
    for (Step.UseRole use : role.dependencies()) {
      names.add(use.role().name());
      collectDependencies(use.role(), names);
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

  /// Notes all roles that are known before the run, dependencies first, and their handlers.
  ///
  /// @param entries whether the roles are entries under `roles:` or dependencies of one
  private void collectRoles(List<Step> list, StepContext at, boolean entries) {
    for (Step step : list) {
      switch (step) {
        case Step.UseRole use -> {
          StepContext inside = at.inside(use.role(), use.settings(), use.use().parameters());
          collectRoles(List.copyOf(use.role().dependencies()), inside, entries);
          if (use.use().visible() && visibleRoles.add(use.role())) {
            addHandlers(use.role().handlers(), inside);
          }
          Map<String, Object> vars = use.settings().map(Keyword.VARS);
          if (entries && !vars.isEmpty()) {
            entryVars.add(Layer.trusted("vars of the entry of role " + use.role().name(), vars));
          }
          collectRoles(use.role().steps(), inside, false);
        }
        case Step.Block block -> {
          StepContext inside = at.inside(block.settings());
          collectRoles(block.body(), inside, false);
          collectRoles(block.rescue(), inside, false);
          collectRoles(block.always(), inside, false);
        }
        case Step.Task task -> comesToStart |= isStart(task);
        case Step.Meta meta -> {}
        case Step.IncludeTasks include -> {}
        case Step.IncludeRole include -> {}
      }
    }
  }

  private void addHandlers(List<Step> list, StepContext at) {
    sections++;
    list.forEach(step -> addHandler(step, at));
  }

  /// Adds a handler; the handlers of an imported file count one by one. One that is there already,
  /// because its role was included before, from now on inherits from the later include.
  private void addHandler(Step step, StepContext at) {
    if (step instanceof Step.Block imported) {
      StepContext inside = at.inside(imported.settings());
      imported.body().forEach(inner -> addHandler(inner, inside));
      return;
    }
    for (int i = 0; i < handlers.size(); i++) {
      if (isSame(handlers.get(i).step(), step)) {
        handlers.set(i, new Handler(step, at, handlers.get(i).section()));
        return;
      }
    }
    handlers.add(new Handler(step, at, sections));
  }

  /// Whether two steps are the same one, perhaps read twice because its role was.
  private static boolean isSame(Step one, Step other) {
    return one == other || one.at().equals(other.at());
  }

  /// A handler's name, which may be a template that needs nothing of a host; nothing when it does.
  Optional<String> handlerName(Running running, Handler handler) {
    String written = handler.step().name();
    if (!Template.isIn(written)) {
      return Optional.of(written);
    }
    Settings.Setting name = handler.step().settings().find(Keyword.NAME).orElseThrow();
    HostVariables variables = keywords.variables();
    List<Layer> roleLayers = new ArrayList<>();
    handler.context().role().ifPresent(role -> addRole(role, roleLayers, roleLayers));
    for (Layer layer : roleLayers) {
      variables = variables.with(layer);
    }
    try {
      return Optional.of(Evaluation.textOf(variables.resolve(name.value())));
    } catch (EvaluationFailed e) {
      boolean unheard = handler.step().settings().list(Keyword.LISTEN).isEmpty();
      if (unheard && unusable.add(handler.step())) {
        running
            .events()
            .accept(
                new RunEvent.Warned(
                    "Handler '"
                        + written
                        + "' is unusable because it has no listen topics and the name could not be"
                        + " templated (host-specific variables are not supported in handler names): "
                        + e.problem().title()));
      }
      return Optional.empty();
    }
  }
}
