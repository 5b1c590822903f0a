package kk.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.ArgumentBinder;
import kk.playbook.Place;
import kk.playbook.Role;
import kk.playbook.RoleUse;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Span;
import kk.yaml.YamlNode;

/// Reads what includes and imports name: files of tasks and roles.
final class ImportReader {
  private static final String APPLY = "apply";
  private static final List<String> FILE_KEYS = List.of("file", APPLY);
  private static final List<String> ROLE_KEYS =
      List.of(
          "name",
          "role",
          "tasks_from",
          "vars_from",
          "defaults_from",
          "handlers_from",
          "allow_duplicates",
          "public",
          APPLY,
          "rolespec_validate");

  private final SettingsReader settings;
  private final LoadFiles files;
  private final RoleReader roles;
  private final Beforehand beforehand;
  private final Checks checks;
  private final Problems problems;

  ImportReader(
      SettingsReader settings,
      LoadFiles files,
      RoleReader roles,
      Beforehand beforehand,
      Checks checks,
      Problems problems) {
    this.beforehand = beforehand;
    this.checks = checks;
    this.settings = settings;
    this.files = files;
    this.roles = roles;
    this.problems = problems;
  }

  /// A use with the role it came to.
  record UsedRole(RoleUse use, Role role) {}

  /// The file that an include or import names: text or [Template].
  ///
  /// @param step where the step stands that names it
  Optional<Object> templatedFile(YamlNode.Entry action, Span step) {
    Optional<YamlNode.Scalar> scalar = fileScalar(action, step);
    return scalar
        .map(settings::value)
        .map(value -> value instanceof Template ? value : scalar.get().text());
  }

  /// A name, and where it stands.
  record Named(String text, Span at) {}

  /// The file that an import names.
  ///
  /// @param step where the step stands that names it
  /// @param vars what the playbook says around it
  Optional<Named> fileName(YamlNode.Entry action, Span step, Map<String, Object> vars) {
    Optional<YamlNode.Scalar> scalar = fileScalar(action, step);
    return templatedFile(action, step)
        .flatMap(
            name ->
                beforehand.text(
                    name,
                    scalar.orElseThrow().at(),
                    vars,
                    "",
                    "use `include_tasks` for a name that only a host can tell"))
        .map(text -> new Named(text, scalar.orElseThrow().at()));
  }

  private Optional<YamlNode.Scalar> fileScalar(YamlNode.Entry action, Span step) {
    YamlNode value = asMapping(action.value(), "file");
    if (value instanceof YamlNode.Mapping mapping) {
      if (!allowsOnly(mapping, FILE_KEYS, action.key().text())) {
        return Optional.empty();
      }
      value = mapping.find("file").orElse(value);
    }
    if (value instanceof YamlNode.Scalar scalar && scalar.isNull()) {
      problems.add(
          Problem.of("missing-argument", step, "`" + action.key().text() + "` names no file"));
      return Optional.empty();
    }
    if (value instanceof YamlNode.Scalar scalar) {
      return Optional.of(scalar);
    }
    problems.add(
        Problem.of(
            "wrong-form", value.at(), "`" + action.key().text() + "` takes the name of a file"));
    return Optional.empty();
  }

  /// The steps in an imported file.
  List<Step> tasks(Named name, Place place, StepReader.Surroundings in, StepReader steps) {
    Optional<Path> file = findTasks(name.text(), in);
    if (file.isEmpty()) {
      problems.add(
          Problem.of("missing-file", name.at(), "there is no file `" + name.text() + "`")
              .note("looked in " + LoadFiles.shown(in.folder())));
      return List.of();
    }
    if (in.open().contains(file.get())) {
      problems.add(Problem.of("import-loop", name.at(), "`" + name.text() + "` imports itself"));
      return List.of();
    }
    return steps.readAll(files.read(file.get(), name.at()), place, in.inFile(file.get()));
  }

  /// A file of tasks: beside the file that names it, in the role's `tasks/` or the role itself,
  /// beside the playbook.
  static Optional<Path> findTasks(String name, StepReader.Surroundings in) {
    List<Path> places = new ArrayList<>(List.of(in.folder()));
    in.role().ifPresent(role -> places.addAll(List.of(role.resolve("tasks"), role)));
    places.add(in.playbook());
    return places.stream()
        .flatMap(place -> LoadFiles.find(place, name).stream())
        .findFirst()
        .map(Path::normalize);
  }

  /// The keywords that `apply` gives to what is included.
  Settings apply(YamlNode.Entry action) {
    if (action.value() instanceof YamlNode.Mapping mapping
        && mapping.find(APPLY).orElse(null) instanceof YamlNode.Mapping apply) {
      SettingsReader.Result read = settings.read(apply, Place.BLOCK);
      settings.refuse(read.others(), Place.BLOCK, List.of());
      return read.settings();
    }
    return Settings.NONE;
  }

  /// How `include_role` or `import_role` calls a role.
  Optional<RoleUse> roleUse(YamlNode.Entry action, boolean imported) {
    if (!(asMapping(action.value(), "name") instanceof YamlNode.Mapping mapping)) {
      problems.add(
          Problem.of(
              "wrong-form",
              action.value().at(),
              "`" + action.key().text() + "` takes a mapping with `name`"));
      return Optional.empty();
    }
    if (!allowsOnly(mapping, ROLE_KEYS, action.key().text())) {
      return Optional.empty();
    }
    Optional<YamlNode> name = mapping.find("name").or(() -> mapping.find("role"));
    if (!(name.orElse(null) instanceof YamlNode.Scalar scalar)) {
      problems.add(
          Problem.of(
              "missing-argument",
              action.key().at(),
              "`" + action.key().text() + "` needs a `name`"));
      return Optional.empty();
    }
    Object value = settings.value(scalar);
    return Optional.of(
        use(scalar.at(), value instanceof Template ? value : scalar.text(), mapping, imported));
  }

  /// `NAME` and `name=NAME key=value` in the form of a mapping.
  ///
  /// @param bare the key that a text without `=` belongs to
  private static YamlNode asMapping(YamlNode value, String bare) {
    if (!(value instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
      return value;
    }
    List<YamlNode.Entry> entries = new ArrayList<>();
    StringBuilder rest = new StringBuilder(scalar.text());
    for (KeyValueText.Pair pair : KeyValueText.pairs(scalar.text()).reversed()) {
      rest.delete(pair.start(), pair.end());
      entries.addFirst(new YamlNode.Entry(part(scalar, pair.key()), part(scalar, pair.value())));
    }
    if (!rest.toString().isBlank()) {
      entries.addFirst(
          new YamlNode.Entry(part(scalar, bare), part(scalar, rest.toString().strip())));
    }
    return new YamlNode.Mapping(scalar.at(), entries);
  }

  private static YamlNode.Scalar part(YamlNode.Scalar of, String text) {
    return new YamlNode.Scalar(of.at(), text, false, of.mark(), of.textAt(), of.indent());
  }

  private RoleUse use(Span at, Object name, YamlNode.Mapping mapping, boolean imported) {
    return new RoleUse(
        at,
        name,
        Map.of(),
        new RoleUse.Files(
            file(mapping, "tasks_from"),
            file(mapping, "vars_from"),
            file(mapping, "defaults_from"),
            file(mapping, "handlers_from")),
        bool(mapping, "allow_duplicates", true),
        mapping.find("public").map(_ -> bool(mapping, "public", imported)),
        bool(mapping, "rolespec_validate", true));
  }

  /// The role that an import means.
  Optional<UsedRole> role(RoleUse use, Map<String, Object> vars, StepReader.Surroundings in) {
    return roles
        .known(use, vars)
        .flatMap(
            known -> roles.read(known, in.playbook(), in.role()).map(r -> new UsedRole(known, r)));
  }

  private Object file(YamlNode.Mapping mapping, String key) {
    Optional<YamlNode> node = mapping.find(key);
    if (node.isEmpty()) {
      return "main";
    }
    if (!(node.get() instanceof YamlNode.Scalar scalar)) {
      problems.add(
          Problem.of(
              "wrong-argument",
              node.get().at(),
              "Expected a string for " + key + " but got " + node.get().kind()));
      return "main";
    }
    return settings.value(scalar) instanceof Template template ? template : scalar.text();
  }

  /// How a role is read has to be known before it is.
  private boolean bool(YamlNode.Mapping mapping, String key, boolean otherwise) {
    return mapping
        .find(key)
        .flatMap(
            node ->
                settings.value(node) instanceof Template template
                    ? beforehand.text(
                        template,
                        node.at(),
                        Map.of(),
                        Boolean.toString(otherwise),
                        "write true or false")
                    : Optional.ofNullable(node.value((text, at, indent) -> text)))
        .flatMap(ArgumentBinder::truth)
        .orElse(otherwise);
  }

  /// Refuses what else is said.
  ///
  /// @param allowed what an include takes; an import applies its keywords by itself
  /// @return whether to read on
  private boolean allowsOnly(YamlNode.Mapping mapping, List<String> allowed, String action) {
    int refused = 0;
    boolean imports = ModuleCallReader.shortName(action).startsWith("import_");
    for (YamlNode.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (imports && key.equals(APPLY)) {
        refused++;
        problems.add(
            Problem.of(
                    "unknown-argument",
                    entry.key().at(),
                    "Invalid options for " + action + ": " + key)
                .hint("what stands beside `" + action + "` holds for all that it imports"));
      } else if (!allowed.contains(key)) {
        refused++;
        problems.add(
            Problem.of(
                    "unknown-argument",
                    entry.key().at(),
                    "`" + action + "` has no argument `" + key + "`")
                .note("it takes: " + String.join(", ", allowed))
                .suggest(key, allowed));
      }
    }
    // Ansible tells the first problem alone
    return refused == 0 || checks == Checks.BEFORE_THE_RUN;
  }
}
