package kk.load;

import static kk.yaml.YamlNode.Scalar.Mark.NONE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.playbook.Keyword;
import kk.playbook.Loop;
import kk.playbook.MetaAction;
import kk.playbook.Place;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Span;
import kk.yaml.YamlNode;

/// Turns the entries of a list of tasks into [Step]s.
final class StepReader {
  private static final List<String> ACTIONS =
      List.of(
          "block",
          "meta",
          "include_tasks",
          "import_tasks",
          "include_role",
          "import_role",
          "action",
          "local_action",
          "with_items");

  /// What `action` may name besides modules.
  private static final List<String> INCLUDES =
      List.of("include_tasks", "import_tasks", "include_role", "import_role");

  private final SettingsReader settings;
  private final ModuleCallReader calls;
  private final ImportReader imports;
  private final List<String> moduleNames;
  private final Problems problems;

  StepReader(
      SettingsReader settings,
      ModuleCallReader calls,
      ImportReader imports,
      List<String> moduleNames,
      Problems problems) {
    this.settings = settings;
    this.calls = calls;
    this.imports = imports;
    this.moduleNames = moduleNames;
    this.problems = problems;
  }

  /// Reads a list of steps.
  ///
  /// @param place [Place#TASK] or [Place#HANDLER]
  /// @param in where the list lies, for what it imports
  List<Step> readAll(Optional<YamlNode> node, Place place, Surroundings in) {
    if (node.isEmpty() || (node.get() instanceof YamlNode.Scalar scalar && scalar.isNull())) {
      return List.of();
    }
    if (!(node.get() instanceof YamlNode.Listing list)) {
      problems.add(
          Problem.of(
              "wrong-form",
              node.get().at(),
              "a list of tasks is expected, not " + node.get().kind()));
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    for (YamlNode item : list.items()) {
      if (item instanceof YamlNode.Mapping mapping) {
        read(mapping, place, in).ifPresent(steps::add);
      } else {
        problems.add(
            Problem.of("wrong-form", item.at(), "a task has to be a mapping, not " + item.kind()));
      }
    }
    return steps;
  }

  /// A list of steps in a file, and whose it is.
  ///
  /// @param role the role's folder, when it is in one
  /// @param folder the folder that relative names start from
  /// @param playbook the playbook's folder
  /// @param open files being read just now, to notice one that imports itself
  /// @param vars what is said of variables around it, for names of what is imported
  record Surroundings(
      Optional<Path> role, Path folder, Path playbook, List<Path> open, Map<String, Object> vars) {
    Surroundings inFile(Path file) {
      List<Path> deeper = new ArrayList<>(open);
      deeper.add(file);
      Path parent = file.toAbsolutePath().normalize().getParent();
      return new Surroundings(role, parent == null ? folder : parent, playbook, deeper, vars);
    }

    /// Inside something that sets variables.
    Surroundings inside(Settings own) {
      Map<String, Object> more = new LinkedHashMap<>(vars);
      more.putAll(own.map(Keyword.VARS));
      return new Surroundings(role, folder, playbook, open, more);
    }
  }

  private Optional<Step> read(YamlNode.Mapping step, Place place, Surroundings in) {
    Optional<YamlNode.Entry> action = action(step);
    if (action.isEmpty()) {
      return Optional.empty();
    }
    String name = ModuleCallReader.shortName(action.get().key().text());
    if (place == Place.HANDLER && isNoHandler(name, action.get())) {
      return Optional.empty();
    }
    return switch (name) {
      case "block" -> Optional.of(block(step, place, in));
      case "meta" -> meta(step, action.get(), in);
      case "import_tasks" -> imported(step, action.get(), place, in);
      case "import_role" -> importedRole(step, action.get(), in);
      case "include_tasks" -> includedTasks(step, action.get());
      case "include_role" -> includedRole(step, action.get());
      case "action", "local_action" -> oldForm(step, action.get(), place, in);
      default -> Optional.of(task(step, action.get(), action.get(), place));
    };
  }

  /// Whether a handler would be something that can't be one, which is then a problem.
  private boolean isNoHandler(String name, YamlNode.Entry action) {
    String value = action.value() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    boolean role = name.equals("include_role") || name.equals("import_role");
    boolean meta = name.equals("meta") && List.of("flush_handlers", "end_role").contains(value);
    boolean nested =
        name.equals("block")
            && action.value() instanceof YamlNode.Listing list
            && list.items().stream()
                .anyMatch(
                    item -> item instanceof YamlNode.Mapping m && m.find("block").isPresent());
    if (role || meta || nested) {
      problems.add(
          Problem.of(
                  "wrong-handler",
                  action.key().at(),
                  nested
                      ? "a block within a block can't be a handler"
                      : "`" + (meta ? value : name) + "` can't be a handler")
              .hint("`include_tasks` can: it reads further tasks when it is notified"));
    }
    return role || meta || nested;
  }

  /// `action: MODULE ARGUMENTS` and `action: {module: MODULE, …}`, read as if the module's name
  /// stood in front; `local_action` is delegated to this machine.
  private Optional<Step> oldForm(
      YamlNode.Mapping step, YamlNode.Entry action, Place place, Surroundings in) {
    Optional<YamlNode.Entry> call =
        switch (action.value()) {
          case YamlNode.Scalar text when !text.isNull() -> Optional.of(split(text));
          case YamlNode.Mapping mapping -> named(mapping);
          case YamlNode.Scalar nothing -> Optional.empty();
          case YamlNode.Listing list -> Optional.empty();
        };
    if (call.isPresent() && INCLUDES.contains(call.get().key().text())) {
      List<YamlNode.Entry> entries = new ArrayList<>(step.entries());
      entries.set(entries.indexOf(action), call.get());
      return read(new YamlNode.Mapping(step.at(), entries), place, in);
    }
    boolean named = call.isPresent() && Template.isIn(call.get().key().text());
    if (call.isEmpty() || !(named || calls.isModule(call.get().key().text()))) {
      Span at = call.map(found -> found.key().at()).orElse(action.value().at());
      String name = call.map(found -> found.key().text()).orElse("");
      problems.add(
          Problem.of(
                  "unknown-module",
                  at,
                  name.isEmpty()
                      ? "`" + action.key().text() + "` takes the name of a module and its arguments"
                      : "there is no module `" + name + "`")
              .suggest(ModuleCallReader.shortName(name), moduleNames));
      return Optional.empty();
    }
    Step.Task task = task(step, action, call.get(), place);
    if (action.key().text().equals("action")) {
      return Optional.of(task);
    }
    Settings here =
        new Settings(
            Map.of(Keyword.DELEGATE_TO, new Settings.Setting("localhost", action.key().at())));
    Map<Keyword, Settings.Setting> both = new EnumMap<>(here.all());
    both.putAll(task.settings().all());
    return Optional.of(new Step.Task(task.at(), new Settings(both), task.call(), task.loop()));
  }

  private static YamlNode.Entry split(YamlNode.Scalar text) {
    // a template is one word, whatever blanks are in it
    String[] words = text.text().strip().split("\\s+(?![^{]*}})", 2);
    Span at = text.textAt();
    int offset = words.length < 2 ? 0 : text.text().indexOf(words[1]);
    Span rest = new Span(at.source(), at.line(), at.column() + offset, 1);
    return new YamlNode.Entry(
        new YamlNode.Scalar(
            at.withLength(words[0].length()), words[0], true, NONE, at, text.indent()),
        new YamlNode.Scalar(
            rest, words.length < 2 ? "" : words[1], true, NONE, rest, text.indent()));
  }

  private static Optional<YamlNode.Entry> named(YamlNode.Mapping mapping) {
    List<YamlNode.Entry> others =
        mapping.entries().stream().filter(e -> !e.key().text().equals("module")).toList();
    return mapping.find("module").orElse(null) instanceof YamlNode.Scalar name
        ? Optional.of(new YamlNode.Entry(name, new YamlNode.Mapping(mapping.at(), others)))
        : Optional.empty();
  }

  /// The one entry that says what the step does.
  private Optional<YamlNode.Entry> action(YamlNode.Mapping step) {
    List<YamlNode.Entry> actions =
        step.entries().stream()
            .filter(
                entry -> {
                  String key = ModuleCallReader.shortName(entry.key().text());
                  return calls.isModule(key) || (ACTIONS.contains(key) && !key.startsWith("with_"));
                })
            .toList();
    if (actions.size() == 1) {
      return Optional.of(actions.getFirst());
    }
    if (actions.size() > 1) {
      problems.add(
          Problem.of(
              "two-actions",
              actions.get(1).key().at(),
              "this task does two things: `"
                  + actions.get(0).key().text()
                  + "` and `"
                  + actions.get(1).key().text()
                  + "`"));
      return Optional.empty();
    }
    List<YamlNode.Entry> unknown =
        step.entries().stream()
            .filter(entry -> Keyword.find(entry.key().text(), Place.TASK).isEmpty())
            .filter(entry -> !entry.key().text().startsWith("with_"))
            .toList();
    List<String> candidates = new ArrayList<>(moduleNames);
    candidates.addAll(ACTIONS);
    candidates.addAll(Keyword.writtenOn(Place.TASK));
    if (unknown.isEmpty()) {
      problems.add(
          Problem.of("no-action", step.at(), "this task does nothing: no module is called"));
    }
    for (YamlNode.Entry entry : unknown) {
      String key = entry.key().text();
      problems.add(
          Problem.of(
                  "unknown-module", entry.key().at(), "there is no module or keyword `" + key + "`")
              .suggest(ModuleCallReader.shortName(key), candidates));
    }
    return Optional.empty();
  }

  private Step.Block block(YamlNode.Mapping step, Place place, Surroundings in) {
    SettingsReader.Result read = settings.read(step, Place.BLOCK);
    settings.refuse(read.others(), Place.BLOCK, List.of());
    Surroundings inside = in.inside(read.settings());
    return new Step.Block(
        step.at(),
        read.settings(),
        readAll(step.find("block"), place, inside),
        readAll(step.find("rescue"), place, inside),
        readAll(step.find("always"), place, inside));
  }

  /// A call of a module.
  ///
  /// @param action the entry of the step that holds it
  /// @param call the module's name and its arguments
  private Step.Task task(
      YamlNode.Mapping step, YamlNode.Entry action, YamlNode.Entry call, Place place) {
    SettingsReader.Result read = settings.read(step, place);
    List<YamlNode.Entry> others = new ArrayList<>(read.others());
    others.remove(action);
    Optional<Loop> loop = loop(read.settings(), others);
    settings.refuse(others, place, List.of());
    Settings.Setting args =
        read.settings().find(Keyword.ARGS).orElse(new Settings.Setting(Map.of(), step.at()));
    return new Step.Task(
        step.at(),
        read.settings(),
        calls.read(call.key(), call.value(), args.value(), args.at()),
        loop);
  }

  private Optional<Loop> loop(Settings own, List<YamlNode.Entry> others) {
    Optional<YamlNode.Entry> with =
        others.stream().filter(entry -> entry.key().text().startsWith("with_")).findFirst();
    if (with.isPresent()) {
      others.remove(with.get());
      settings.checkLoop(with.get().key());
      own.find(Keyword.LOOP)
          .ifPresent(
              loop ->
                  problems.add(
                      Problem.of("wrong-form", loop.at(), "a task can't loop twice")
                          .note("there is `" + with.get().key().text() + "` too")));
      return Optional.of(
          new Loop(
              with.get().key().at(),
              Optional.of(with.get().key().text().substring("with_".length())),
              settings.value(with.get().value())));
    }
    return own.find(Keyword.LOOP)
        .map(setting -> new Loop(setting.at(), Optional.empty(), setting.value()));
  }

  private Optional<Step> meta(YamlNode.Mapping step, YamlNode.Entry action, Surroundings in) {
    SettingsReader.Result read = settings.read(step, Place.TASK);
    List<YamlNode.Entry> others = new ArrayList<>(read.others());
    others.remove(action);
    settings.refuse(others, Place.TASK, List.of());
    String written = action.value() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    Optional<MetaAction> meta = MetaAction.find(written);
    if (meta.isEmpty()) {
      problems.add(
          Problem.of("unknown-meta", action.value().at(), "`meta` can't do `" + written + "`")
              .note("it can: " + String.join(", ", MetaAction.allWritten()))
              .suggest(written, MetaAction.allWritten()));
    }
    if (meta.filter(MetaAction.END_ROLE::equals).isPresent() && in.role().isEmpty()) {
      problems.add(
          Problem.of(
                  "unknown-meta",
                  action.value().at(),
                  "`end_role` ends the role that it stands in, and it stands in none")
              .hint("`end_host` and `end_play` end more"));
    }
    return meta.map(found -> new Step.Meta(step.at(), read.settings(), found));
  }

  private Optional<Step> imported(
      YamlNode.Mapping step, YamlNode.Entry action, Place place, Surroundings in) {
    SettingsReader.Result read = settings.read(step, Place.IMPORT);
    List<YamlNode.Entry> others = new ArrayList<>(read.others());
    others.remove(action);
    settings.refuse(others, Place.IMPORT, List.of());
    Surroundings inside = in.inside(read.settings());
    return imports
        .fileName(action, step.at(), inside.vars())
        .map(
            name ->
                new Step.Block(
                    step.at(),
                    read.settings(),
                    imports.tasks(name, place, inside, this),
                    List.of(),
                    List.of()));
  }

  private Optional<Step> importedRole(
      YamlNode.Mapping step, YamlNode.Entry action, Surroundings in) {
    SettingsReader.Result read = settings.read(step, Place.IMPORT);
    List<YamlNode.Entry> others = new ArrayList<>(read.others());
    others.remove(action);
    settings.refuse(others, Place.IMPORT, List.of());
    return imports
        .roleUse(action, true)
        .flatMap(use -> imports.role(use, in.inside(read.settings()).vars(), in))
        .map(used -> new Step.UseRole(step.at(), read.settings(), used.use(), used.role()));
  }

  private Optional<Step> includedTasks(YamlNode.Mapping step, YamlNode.Entry action) {
    SettingsReader.Result read = settings.read(step, Place.INCLUDE);
    List<YamlNode.Entry> others = new ArrayList<>(read.others());
    others.remove(action);
    Optional<Loop> loop = loop(read.settings(), others);
    settings.refuse(others, Place.INCLUDE, List.of());
    Settings apply = imports.apply(action);
    return imports
        .templatedFile(action, step.at())
        .map(file -> new Step.IncludeTasks(step.at(), read.settings(), file, apply, loop));
  }

  private Optional<Step> includedRole(YamlNode.Mapping step, YamlNode.Entry action) {
    SettingsReader.Result read = settings.read(step, Place.INCLUDE);
    List<YamlNode.Entry> others = new ArrayList<>(read.others());
    others.remove(action);
    Optional<Loop> loop = loop(read.settings(), others);
    settings.refuse(others, Place.INCLUDE, List.of());
    Settings apply = imports.apply(action);
    return imports
        .roleUse(action, false)
        .map(use -> new Step.IncludeRole(step.at(), read.settings(), use, apply, loop));
  }
}
