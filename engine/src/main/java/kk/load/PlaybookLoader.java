package kk.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kk.bind.Installed;
import kk.playbook.Keyword;
import kk.playbook.Place;
import kk.playbook.Play;
import kk.playbook.Playbook;
import kk.playbook.Role;
import kk.playbook.RoleUse;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Source;
import kk.source.Span;
import kk.template.Scope;
import kk.template.Templates;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;

/// Reads a playbook with all it names: imported playbooks, task files, roles. All problems of all
/// files are found in one pass, and no host is touched.
public final class PlaybookLoader {
  private final Problems problems;
  private final LoadFiles files;
  private final SettingsReader settings;
  private final Beforehand beforehand;
  private final RoleReader roles;
  private final StepReader steps;

  /// A loader for one run.
  ///
  /// @param rolePath folders with roles that every playbook may use
  /// @param known what a template sees before the run, given what the playbook says around it
  public PlaybookLoader(
      Installed installed,
      Templates templates,
      List<Path> rolePath,
      Checks checks,
      Function<Map<String, Object>, Scope> known,
      Problems problems) {
    this.beforehand = new Beforehand(templates, known, problems);
    this.problems = problems;
    this.files = new LoadFiles(templates.vault(), problems);
    this.settings =
        new SettingsReader(
            templates,
            new KeywordChoices(
                installed.connectorNames(), installed.becomeMethods(), checks, problems),
            checks,
            problems);
    this.roles = new RoleReader(files, rolePath, settings, beforehand, checks, problems);
    this.steps =
        new StepReader(
            settings,
            new ModuleCallReader(installed, settings, templates, checks, problems),
            new ImportReader(settings, files, roles, beforehand, checks, problems),
            installed.moduleNames(),
            problems);
    roles.use(steps);
  }

  /// Reads a playbook from the file that the user named.
  public Playbook load(Path file) {
    List<Play> plays = new ArrayList<>();
    readInto(
        plays, file, Span.whole(new Source(LoadFiles.shown(file), "")), Settings.NONE, List.of());
    return new Playbook(file, plays);
  }

  /// Reads a playbook that is no file.
  ///
  /// @param folder where the files it names are looked for
  public Playbook load(Source source, Path folder) {
    List<Play> plays = new ArrayList<>();
    readInto(
        plays,
        YamlReader.read(source, problems),
        folder.resolve(source.name()),
        Settings.NONE,
        List.of());
    return new Playbook(Path.of(source.name()), plays);
  }

  /// The steps of a file that a running playbook includes.
  ///
  /// @param name the file's name as rendered
  /// @param at where it is included
  /// @param role folder of the role that includes it
  /// @param place whether it is read as tasks or as handlers
  /// @param folder where relative names start
  /// @return nothing when there is no such file
  public Optional<List<Step>> includedTasks(
      String name, Place place, Span at, Optional<Path> role, Path folder, Path playbook) {
    StepReader.Surroundings in =
        new StepReader.Surroundings(role, folder, playbook, List.of(), Map.of());
    return ImportReader.findTasks(name, in)
        .map(file -> steps.readAll(files.read(file, at), place, in.inFile(file)));
  }

  /// The role that a running playbook includes.
  public Optional<Role> includedRole(RoleUse use, Path playbook, Optional<Path> from) {
    return roles.read(use, playbook, from);
  }

  /// The variables in a file that a running playbook reads.
  public Map<String, Object> variables(Path file) {
    return files.variablesOf(file, Span.whole(new Source(LoadFiles.shown(file), "")));
  }

  private void readInto(
      List<Play> plays, Path file, Span askedAt, Settings inherited, List<Path> open) {
    if (open.contains(file.toAbsolutePath().normalize())) {
      problems.add(
          Problem.of("import-loop", askedAt, "`" + LoadFiles.shown(file) + "` imports itself"));
      return;
    }
    readInto(plays, files.read(file, askedAt), file, inherited, open);
  }

  private void readInto(
      List<Play> plays, Optional<YamlNode> node, Path file, Settings inherited, List<Path> open) {
    if (node.isEmpty()) {
      return;
    }
    if (!(node.get() instanceof YamlNode.Listing list)) {
      problems.add(
          Problem.of(
              "wrong-form",
              node.get().at(),
              "a playbook is a list of plays, not " + node.get().kind()));
      return;
    }
    if (list.items().isEmpty()) {
      problems.add(
          Problem.of("wrong-form", list.at(), "a playbook must contain at least one play"));
    }
    List<Path> deeper = new ArrayList<>(open);
    deeper.add(file.toAbsolutePath().normalize());
    for (YamlNode item : list.items()) {
      if (!(item instanceof YamlNode.Mapping mapping)) {
        problems.add(
            Problem.of("wrong-form", item.at(), "a play has to be a mapping, not " + item.kind()));
        continue;
      }
      Optional<YamlNode.Entry> imported =
          mapping
              .entry("import_playbook")
              .or(() -> mapping.entry("ansible.builtin.import_playbook"));
      if (imported.isPresent()) {
        importPlaybook(plays, mapping, imported.get(), file, inherited, deeper);
      } else {
        readPlay(mapping, file, inherited).ifPresent(plays::add);
      }
    }
  }

  private void importPlaybook(
      List<Play> plays,
      YamlNode.Mapping mapping,
      YamlNode.Entry imported,
      Path file,
      Settings inherited,
      List<Path> open) {
    SettingsReader.Result read = settings.read(mapping, Place.IMPORT);
    List<YamlNode.Entry> others = new ArrayList<>(read.others());
    others.remove(imported);
    settings.refuse(others, Place.IMPORT, List.of());
    if (imported.value() instanceof YamlNode.Scalar name) {
      Settings inside = inherited.below(read.settings());
      beforehand
          .text(
              Template.orText(name.text(), name.textAt(), name.indent()),
              name.at(),
              inside.map(Keyword.VARS),
              "",
              "give it with `-e`")
          .ifPresent(
              text -> readInto(plays, folderOf(file).resolve(text), name.at(), inside, open));
    } else {
      problems.add(
          Problem.of("wrong-form", imported.value().at(), "the name of a playbook is expected"));
    }
  }

  private Optional<Play> readPlay(YamlNode.Mapping written, Path file, Settings inherited) {
    YamlNode.Mapping play = withRemoteUser(written);
    SettingsReader.Result read = settings.read(play, Place.PLAY);
    settings.refuse(read.others(), Place.PLAY, List.of("import_playbook"));
    Path folder = folderOf(file);
    if (read.settings().find(Keyword.HOSTS).isEmpty()) {
      problems.add(
          Problem.of(
              "missing-hosts", play.at(), "this play doesn't say on which `hosts` it works"));
    } else if (read.settings().list(Keyword.HOSTS).isEmpty()) {
      problems.add(
          Problem.of(
              "missing-hosts",
              read.settings().find(Keyword.HOSTS).get().at(),
              "the list of `hosts` is empty"));
    }
    Settings all = inherited.below(read.settings());
    Map<String, Object> vars = all.map(Keyword.VARS);
    StepReader.Surroundings in =
        new StepReader.Surroundings(
            Optional.empty(), folder, folder, List.of(file.toAbsolutePath().normalize()), vars);
    return Optional.of(
        new Play(
            play.at(),
            all,
            folder,
            read.settings().list(Keyword.HOSTS),
            section(play, "pre_tasks", Place.TASK, in),
            List.copyOf(roles.uses(play.find("roles"), folder, Optional.empty(), vars)),
            section(play, "tasks", Place.TASK, in),
            section(play, "post_tasks", Place.TASK, in),
            section(play, "handlers", Place.HANDLER, in)));
  }

  private List<Step> section(
      YamlNode.Mapping play, String name, Place place, StepReader.Surroundings in) {
    Optional<YamlNode> node = play.find(name);
    if (node.isPresent()
        && !(node.get() instanceof YamlNode.Listing)
        && !(node.get() instanceof YamlNode.Scalar scalar && scalar.isNull())) {
      problems.add(
          Problem.of(
              "wrong-form",
              node.get().at(),
              "`" + name + "` takes a list of tasks, not " + written(node.get())));
      return List.of();
    }
    return steps.readAll(node, place, in);
  }

  private static String written(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? "`" + scalar.text() + "`" : node.kind();
  }

  /// A play may say `user` for `remote_user`.
  private YamlNode.Mapping withRemoteUser(YamlNode.Mapping play) {
    Optional<YamlNode.Entry> user = play.entry("user");
    if (user.isEmpty()) {
      return play;
    }
    if (play.entry("remote_user").isPresent()) {
      problems.add(
          Problem.of(
              "wrong-form",
              user.get().key().at(),
              "both `user` and `remote_user` are set for this play"));
    }
    List<YamlNode.Entry> entries = new ArrayList<>(play.entries());
    YamlNode.Scalar key = user.get().key();
    entries.set(
        entries.indexOf(user.get()),
        new YamlNode.Entry(
            new YamlNode.Scalar(
                key.at(),
                "remote_user",
                true,
                YamlNode.Scalar.Mark.NONE,
                key.textAt(),
                key.indent()),
            user.get().value()));
    return new YamlNode.Mapping(play.at(), entries);
  }

  private static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }
}
