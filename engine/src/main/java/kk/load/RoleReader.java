package kk.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kk.bind.ArgumentBinder;
import kk.playbook.Keyword;
import kk.playbook.Place;
import kk.playbook.Role;
import kk.playbook.RoleUse;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Source;
import kk.source.Span;
import kk.yaml.YamlNode;

/// Finds roles and reads them with everything they depend on. A role is read once per set of entry
/// files.
final class RoleReader {
  private static final List<String> ROLE_KEYS = List.of("role", "name");

  private final LoadFiles files;
  private final List<Path> installed;
  private final SettingsReader settings;
  private final Beforehand beforehand;
  private final Checks checks;
  private final Problems problems;
  private final Map<List<Object>, Optional<Role>> read = new LinkedHashMap<>();
  private final Set<List<Object>> open = new LinkedHashSet<>();
  private StepReader steps;

  /// Roles refer to steps and steps to roles: [#use] completes this reader.
  ///
  /// @param installed folders with roles that every playbook may use
  @SuppressWarnings("NullAway.Init")
  RoleReader(
      LoadFiles files,
      List<Path> installed,
      SettingsReader settings,
      Beforehand beforehand,
      Checks checks,
      Problems problems) {
    this.beforehand = beforehand;
    this.checks = checks;
    this.files = files;
    this.installed = installed;
    this.settings = settings;
    this.problems = problems;
  }

  void use(StepReader stepReader) {
    this.steps = stepReader;
  }

  /// The role that a use with a fixed name means.
  ///
  /// @param playbook the playbook's folder
  /// @param from the role that asks for it
  Optional<Role> read(RoleUse use, Path playbook, Optional<Path> from) {
    String name = String.valueOf(use.name());
    Optional<Path> folder = find(name, playbook, from);
    if (folder.isEmpty()) {
      problems.add(
          Problem.of("unknown-role", use.at(), "there is no role `" + name + "`")
              .note(
                  "looked in "
                      + String.join(
                          ", ",
                          places(playbook, from).stream()
                              .map(LoadFiles::shown)
                              .distinct()
                              .toList()))
              .suggest(name, known(playbook, from)));
      return Optional.empty();
    }
    List<Object> key = List.of(folder.get(), use.files(), use.validated());
    if (!read.containsKey(key)) {
      if (!open.add(key)) {
        problems.add(Problem.of("role-loop", use.at(), "role `" + name + "` depends on itself"));
        return Optional.empty();
      }
      read.put(
          key,
          staysInside(use, folder.get())
              ? Optional.of(readRole(name, use, folder.get(), playbook))
              : Optional.empty());
      open.remove(key);
    }
    return read.get(key);
  }

  /// A use whose names are known before the run; nothing when they aren't, which is a problem.
  ///
  /// @param vars what the playbook says around it
  Optional<RoleUse> known(RoleUse use, Map<String, Object> vars) {
    List<Object> unknown = new ArrayList<>();
    RoleUse known =
        use.rendered(
            name -> {
              Optional<String> text =
                  beforehand.text(
                      name,
                      use.at(),
                      vars,
                      "main",
                      "use `include_role` for a name that only a host can tell");
              if (text.isEmpty()) {
                unknown.add(name);
              }
              return text.orElse("");
            });
    return unknown.isEmpty() ? Optional.of(known) : Optional.empty();
  }

  private Role readRole(String name, RoleUse use, Path folder, Path playbook) {
    RoleUse.Files from = use.files();
    Map<String, Object> defaults =
        files.variables(folder.resolve("defaults"), from.defaults().toString(), use.at());
    Map<String, Object> vars =
        files.variables(folder.resolve("vars"), from.vars().toString(), use.at());
    Map<String, Object> own = new LinkedHashMap<>(defaults);
    own.putAll(vars);
    StepReader.Surroundings in =
        new StepReader.Surroundings(
            Optional.of(folder), folder.resolve("tasks"), playbook, List.of(), own);
    return new Role(
        name,
        folder,
        defaults,
        vars,
        dependencies(folder, playbook),
        tasks(name, folder, use, in),
        handlers(from.handlers().toString(), folder, use, in));
  }

  /// Whether the files that are asked for are the role's own.
  private boolean staysInside(RoleUse use, Path folder) {
    Map<String, Object> asked =
        Map.of(
            "tasks", use.files().tasks(),
            "vars", use.files().vars(),
            "defaults", use.files().defaults(),
            "handlers", use.files().handlers());
    boolean inside = true;
    for (Map.Entry<String, Object> each : asked.entrySet()) {
      String name = each.getValue().toString();
      if (!folder.resolve(each.getKey()).resolve(name).normalize().startsWith(folder)) {
        problems.add(
            Problem.of(
                "wrong-value",
                use.at(),
                "role `%s` can't read `%s`, as it is not inside the expected role path"
                    .formatted(use.name(), name)));
        inside = false;
      }
    }
    return inside;
  }

  private List<Step> tasks(String role, Path folder, RoleUse use, StepReader.Surroundings in) {
    String name = use.files().tasks().toString();
    Optional<Path> file = LoadFiles.find(folder.resolve("tasks"), name);
    if (file.isEmpty() && !name.equals("main")) {
      problems.add(
          Problem.of(
              "missing-file", use.at(), "role `" + use.name() + "` has no tasks `" + name + "`"));
    }
    List<Step> all = new ArrayList<>();
    if (use.validated() && !comesWithKk(folder)) {
      new SpecificationReader(files).validation(role, folder, use).ifPresent(all::add);
    }
    file.ifPresent(
        path -> all.addAll(steps.readAll(files.read(path, use.at()), Place.TASK, in.inFile(path))));
    return all;
  }

  /// Whether a role comes with kk, whose commands check its settings before the run.
  private boolean comesWithKk(Path folder) {
    return checks == Checks.BEFORE_THE_RUN
        && installed.stream().anyMatch(place -> place.equals(folder.getParent()));
  }

  private List<Step> handlers(String name, Path folder, RoleUse use, StepReader.Surroundings in) {
    return LoadFiles.find(folder.resolve("handlers"), name)
        .map(path -> steps.readAll(files.read(path, use.at()), Place.HANDLER, in.inFile(path)))
        .orElse(List.of());
  }

  private List<Step.UseRole> dependencies(Path folder, Path playbook) {
    return meta(folder)
        .map(meta -> uses(meta.find("dependencies"), playbook, Optional.of(folder), Map.of()))
        .orElse(List.of());
  }

  /// What a role says about itself.
  private Optional<YamlNode.Mapping> meta(Path folder) {
    return LoadFiles.find(folder.resolve("meta"), "main")
        .flatMap(file -> files.read(file, Span.whole(new Source(file.toString(), ""))))
        .filter(node -> node instanceof YamlNode.Mapping)
        .map(node -> (YamlNode.Mapping) node);
  }

  /// A use that allows duplicates when the role itself does.
  private RoleUse asTheRoleSays(RoleUse use, Role role) {
    boolean always =
        meta(role.folder())
            .flatMap(meta -> meta.find("allow_duplicates"))
            .flatMap(node -> ArgumentBinder.truth(node.value((text, at, indent) -> text)))
            .orElse(false);
    return always ? use.allowingDuplicates() : use;
  }

  /// The entries of `roles:` or `dependencies:`, each with its role.
  ///
  /// @param vars what the playbook says around them
  List<Step.UseRole> uses(
      Optional<YamlNode> node, Path playbook, Optional<Path> from, Map<String, Object> vars) {
    List<Step.UseRole> uses = new ArrayList<>();
    if (node.isPresent() && !(node.get() instanceof YamlNode.Listing)) {
      boolean nothing = node.get() instanceof YamlNode.Scalar scalar && scalar.isNull();
      if (!nothing) {
        problems.add(
            Problem.of(
                "wrong-form",
                node.get().at(),
                "a list of roles is expected, not " + node.get().kind()));
      }
      return uses;
    }
    if (node.orElse(null) instanceof YamlNode.Listing list) {
      for (YamlNode item : list.items()) {
        use(item, playbook, from, vars).ifPresent(uses::add);
      }
    }
    return uses;
  }

  private Optional<Step.UseRole> use(
      YamlNode item, Path playbook, Optional<Path> from, Map<String, Object> vars) {
    if (item instanceof YamlNode.Scalar scalar) {
      return used(
          scalar.at(), Settings.NONE, plainUse(scalar, Map.of(), false), playbook, from, vars);
    }
    if (!(item instanceof YamlNode.Mapping mapping)) {
      problems.add(Problem.of("wrong-form", item.at(), "a role is expected, not " + item.kind()));
      return Optional.empty();
    }
    SettingsReader.Result result = settings.read(mapping, Place.ROLE);
    if (!(mapping.find("role").or(() -> mapping.find("name")).orElse(null)
        instanceof YamlNode.Scalar name)) {
      problems.add(Problem.of("missing-argument", mapping.at(), "a role entry needs `role: NAME`"));
      return Optional.empty();
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    boolean duplicates = false;
    for (YamlNode.Entry entry : result.others()) {
      if (entry.key().text().equals("allow_duplicates")) {
        duplicates =
            ArgumentBinder.truth(entry.value().value((text, at, indent) -> text)).orElse(false);
      } else if (!ROLE_KEYS.contains(entry.key().text())) {
        parameters.put(entry.key().text(), settings.value(entry.value()));
      }
    }
    Map<String, Object> around = new LinkedHashMap<>(vars);
    around.putAll(result.settings().map(Keyword.VARS));
    around.putAll(parameters);
    return used(
        mapping.at(),
        result.settings(),
        plainUse(name, parameters, duplicates),
        playbook,
        from,
        around);
  }

  private Optional<Step.UseRole> used(
      Span at,
      Settings own,
      RoleUse written,
      Path playbook,
      Optional<Path> from,
      Map<String, Object> vars) {
    return known(written, vars)
        .flatMap(
            use ->
                read(use, playbook, from)
                    .map(role -> new Step.UseRole(at, own, asTheRoleSays(use, role), role)));
  }

  private RoleUse plainUse(
      YamlNode.Scalar name, Map<String, Object> parameters, boolean duplicates) {
    Object value = settings.value(name);
    return new RoleUse(
        name.at(),
        value instanceof Template ? value : name.text(),
        parameters,
        RoleUse.Files.MAIN,
        duplicates,
        Optional.empty(),
        true);
  }

  private Optional<Path> find(String name, Path playbook, Optional<Path> from) {
    return Stream.concat(
            inCollection(name, playbook),
            Stream.concat(places(playbook, from).stream(), Stream.of(playbook))
                .map(place -> place.resolve(name)))
        .map(folder -> folder.toAbsolutePath().normalize())
        .filter(RoleReader::isRole)
        .findFirst();
  }

  /// Where `namespace.collection.role` lies: below `collections/` beside the playbook.
  private static Stream<Path> inCollection(String name, Path playbook) {
    String[] parts = name.split("\\.", 3);
    return parts.length < 3
        ? Stream.empty()
        : Stream.of(
            playbook
                .resolve("collections/ansible_collections")
                .resolve(parts[0])
                .resolve(parts[1])
                .resolve("roles")
                .resolve(parts[2].replace('.', '/')));
  }

  private static boolean isRole(Path folder) {
    return Stream.of("tasks", "defaults", "vars", "meta", "handlers", "templates", "files")
        .anyMatch(part -> Files.isDirectory(folder.resolve(part)));
  }

  /// Where roles lie: beside the playbook, beside the role that asks, beside the playbook's folder,
  /// installed.
  private List<Path> places(Path playbook, Optional<Path> from) {
    List<Path> places = new ArrayList<>();
    places.add(playbook.resolve("roles"));
    from.map(Path::getParent).ifPresent(places::add);
    Path above = playbook.toAbsolutePath().normalize().getParent();
    if (above != null) {
      places.add(above.resolve("roles"));
    }
    places.addAll(installed);
    return places;
  }

  private Set<String> known(Path playbook, Optional<Path> from) {
    Set<String> names = new LinkedHashSet<>();
    for (Path place : places(playbook, from)) {
      names.addAll(rolesIn(place));
    }
    return names;
  }

  private static List<String> rolesIn(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(place)) {
      return folders.filter(RoleReader::isRole).map(f -> f.getFileName().toString()).toList();
    } catch (java.io.IOException e) {
      return List.of();
    }
  }
}
