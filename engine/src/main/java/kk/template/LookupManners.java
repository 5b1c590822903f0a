package kk.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How lookups behave, where kk and Ansible differ.
///
/// @param settings what the lookup `config` tells, by Ansible's names
/// @param ignoresUnknownOptions whether an option that a lookup doesn't have is passed over and not
///     refused
public record LookupManners(Map<String, Object> settings, boolean ignoresUnknownOptions) {
  /// kk's own.
  public static final LookupManners STANDARD = new LookupManners(standardSettings(), false);

  private static Map<String, Object> standardSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("DEFAULT_FORKS", 50L);
    settings.put("DEFAULT_ROLES_PATH", List.of("roles"));
    settings.put("COLOR_OK", "green");
    settings.put("DEFAULT_BECOME_USER", "root");
    settings.put("DEFAULT_HASH_BEHAVIOUR", "replace");
    settings.put("DEFAULT_PRIVATE_ROLE_VARS", false);
    return settings;
  }
}
