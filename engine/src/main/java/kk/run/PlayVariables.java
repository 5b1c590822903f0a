package kk.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.Play;
import kk.playbook.Role;
import kk.playbook.Step;
import kk.variables.Layer;
import kk.variables.VariableStore;

/// What a play adds to the variables of its hosts: its own, those of its roles as far as they are
/// visible, and what tells a task where it is.
final class PlayVariables {
  private final List<Layer> playLayers;
  private final VarsFiles varsFiles;
  private final Map<String, Object> basics;
  private final Map<String, Object> roleNames;
  private final List<Host> hosts;

  /// Roles whose variables all of the play sees.
  private final Set<Role> visibleRoles = new LinkedHashSet<>();

  /// @param answers what the user was asked for
  /// @param varsFiles the play's `vars_files`
  /// @param basics magic variables that don't depend on a task
  /// @param hosts the hosts of all batches
  PlayVariables(
      Play play, Layer answers, VarsFiles varsFiles, Map<String, Object> basics, List<Host> hosts) {
    this.playLayers =
        List.of(Layer.trusted("vars of the play", play.settings().map(Keyword.VARS)), answers);
    this.varsFiles = varsFiles;
    this.basics = basics;
    this.hosts = List.copyOf(hosts);
    this.roleNames = roleNames(play.roles());
  }

  /// Lets all of the play see a role's variables from now on.
  void show(Role role) {
    synchronized (visibleRoles) {
      visibleRoles.add(role);
    }
  }

  /// The play's `vars_files`, which may be others for each host.
  VarsFiles varsFiles() {
    return varsFiles;
  }

  /// What the play adds at a step, whoever the host is.
  ///
  /// @param batch the hosts that go through the play together
  VariableStore.Context at(Unit unit, Running running, List<Host> batch) {
    StepContext at = unit.context();
    List<Layer> defaults = new ArrayList<>();
    List<Layer> roleVars = new ArrayList<>();
    for (Role role : rolesSeen(at)) {
      addRole(role, defaults, roleVars);
    }
    List<Path> folders = FileSearch.foldersOf(at, Destination.folderOf(unit.step().at()));
    Map<String, Object> magic = magic(at, running, batch);
    magic.put("ansible_search_path", folders.stream().map(Path::toString).distinct().toList());
    Map<String, Object> vars = new LinkedHashMap<>(at.vars());
    vars.putAll(unit.step().settings().map(Keyword.VARS));
    return new VariableStore.Context(
        defaults, playLayers, roleVars, vars, at.parameters(), magic, searchPath(folders));
  }

  /// The roles whose variables a step sees, those that count least first.
  private List<Role> rolesSeen(StepContext at) {
    List<Role> roles = new ArrayList<>();
    synchronized (visibleRoles) {
      roles.addAll(visibleRoles);
    }
    roles.addAll(at.outerRoles().reversed());
    at.role()
        .ifPresent(
            role -> {
              addDependencies(role, roles);
              roles.add(role);
            });
    return roles;
  }

  private Map<String, Object> magic(StepContext at, Running running, List<Host> batch) {
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
            });
    if (at.role().isPresent() && !at.outerRoles().isEmpty()) {
      magic.put("ansible_parent_role_names", at.outerRoles().stream().map(Role::name).toList());
      magic.put(
          "ansible_parent_role_paths",
          at.outerRoles().stream().map(outer -> outer.folder().toString()).toList());
    }
    magic.putAll(roleNames);
    magic.put("environment", List.of());
    return magic;
  }

  private static List<Path> searchPath(List<Path> folders) {
    List<Path> path = new ArrayList<>();
    for (Path folder : folders) {
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

  /// Adds what a role brings: its defaults, and its variables.
  static void addRole(Role role, List<Layer> defaults, List<Layer> roleVars) {
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
}
