package kk.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.playbook.Keyword;
import kk.playbook.Role;
import kk.playbook.Settings;

/// What a step inherits from all that is around it.
///
/// @param settings keywords of play, roles and blocks, joined
/// @param role the role it is part of
/// @param outerRoles the roles around that, the nearest first
/// @param parameters variables given to roles and includes
/// @param playbook folder of the playbook
record StepContext(
    Settings settings,
    Optional<Role> role,
    List<Role> outerRoles,
    Map<String, Object> parameters,
    Path playbook) {

  /// Inside a block with these keywords.
  StepContext inside(Settings block) {
    return new StepContext(settings.below(block), role, outerRoles, parameters, playbook);
  }

  /// Inside a role.
  StepContext inside(Role inner, Settings use, Map<String, Object> roleParameters) {
    List<Role> outer = new ArrayList<>();
    role.ifPresent(outer::add);
    outer.addAll(outerRoles);
    return new StepContext(
        settings.below(use), Optional.of(inner), outer, joined(roleParameters), playbook);
  }

  /// With more parameters.
  StepContext with(Map<String, Object> more) {
    return new StepContext(settings, role, outerRoles, joined(more), playbook);
  }

  private Map<String, Object> joined(Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(parameters);
    all.putAll(more);
    return all;
  }

  /// The keywords that hold for a step here.
  Settings effective(Settings own) {
    return settings.below(own);
  }

  /// Variables of blocks around, without those of a step.
  Map<String, Object> vars() {
    return settings.map(Keyword.VARS);
  }

  Optional<String> roleName() {
    return role.map(Role::name);
  }
}
