package kk.variables;

import java.util.Optional;

/// How a store of variables treats them, where Ansible leaves a choice.
///
/// @param mergesMappings whether a mapping completes the one of the same name that it outranks
/// @param injectsFacts whether facts are variables too, as `ansible_x` beside `ansible_facts.x`
/// @param keepsPlaysOutOfHostvars whether `hostvars` tells of a host only what is the host's own,
///     not what the current play and its roles say
/// @param factCache where facts outlive the run
public record Manners(
    boolean mergesMappings,
    boolean injectsFacts,
    boolean keepsPlaysOutOfHostvars,
    Optional<FactCache> factCache) {
  /// Mappings replace each other, facts are variables, other hosts see the play, nothing outlives
  /// the run.
  public static final Manners STANDARD = new Manners(false, true, false, Optional.empty());
}
