package kk.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kk.spi.Secret;

/// How a run is to be done.
///
/// @param check change nothing
/// @param diff show before and after
/// @param tags run only what has one of these; empty is everything
/// @param skipTags leave out what has one of these
/// @param limit patterns that narrow down the hosts of every play
/// @param forks on how many hosts at once
/// @param stepwise whether the user is asked before each task
/// @param startAt name of the task to begin with
/// @param becomePassword for sudo, where the inventory has none
/// @param knownHosts file of known host keys
/// @param verbosity how many `-v`
/// @param inventories where hosts come from, as a playbook may be told
/// @param configuration the file that Ansible's settings were read from
/// @param defaults what holds where a playbook says nothing
public record RunOptions(
    boolean check,
    boolean diff,
    List<String> tags,
    List<String> skipTags,
    List<String> limit,
    int forks,
    boolean stepwise,
    Optional<String> startAt,
    Optional<Secret> becomePassword,
    Path knownHosts,
    int verbosity,
    List<String> inventories,
    Optional<Path> configuration,
    Defaults defaults) {

  public static RunOptions standard(Path knownHosts) {
    return new RunOptions(
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        50,
        false,
        Optional.empty(),
        Optional.empty(),
        knownHosts,
        0,
        List.of(),
        Optional.empty(),
        Defaults.STANDARD);
  }
}
