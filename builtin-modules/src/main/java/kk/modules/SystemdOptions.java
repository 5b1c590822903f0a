package kk.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// What only systemd understands.
record SystemdOptions(
    @Doc("whether starting it is impossible") Optional<Boolean> masked,
    @Doc("read changed unit files first") @Default("false") @Alias("daemon-reload")
        boolean daemonReload,
    @Doc("start systemd itself anew first") @Default("false") @Alias("daemon-reexec")
        boolean daemonReexec,
    @Doc("don't wait until it is done") @Default("false") boolean noBlock,
    @Doc("put other links that are in the way out of it") @Default("false") boolean force,
    @Doc("whose units: `system`, the login's with `user`, all logins' with `global`")
        @Default("system")
        String scope)
    implements SharedArguments {

  SystemdOptions {
    if (!scope.matches("system|user|global")) {
      throw new IllegalArgumentException("`scope` is one of system, user, global");
    }
  }

  /// Assigns what the scripts read.
  void assign(Script script) {
    script
        .set("masked", masked.map(UnitTask::yesNo))
        .set("reload", daemonReload)
        .set("reexec", daemonReexec)
        .set("scope", "--" + scope)
        .set("no_block", noBlock ? "--no-block" : "")
        .set("force", force ? "--force" : "")
        .set("systemd_given", String.join(", ", given()));
  }

  /// What another service manager can't do. One without unit files has none to read again.
  private List<String> given() {
    List<String> names = new ArrayList<>();
    masked.ifPresent(_ -> names.add("masked"));
    if (noBlock) {
      names.add("no_block");
    }
    if (force) {
      names.add("force");
    }
    if (!scope.equals("system")) {
      names.add("scope: " + scope);
    }
    return names;
  }
}
