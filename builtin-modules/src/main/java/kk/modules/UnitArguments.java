package kk.modules;

import java.util.Locale;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// What every service manager understands.
record UnitArguments(
    @Doc("the unit, with or without its ending") @Alias({"service", "unit"}) Optional<String> name,
    @Doc("what it has to be doing") Optional<State> state,
    @Doc("whether it starts with the host") Optional<Boolean> enabled)
    implements SharedArguments {

  /// What a unit has to be doing.
  public enum State {
    STARTED,
    STOPPED,
    RESTARTED,
    RELOADED
  }

  /// What it has to be doing, in Ansible's word; empty when that doesn't matter.
  String wanted() {
    return state.map(s -> s.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  /// @throws IllegalArgumentException when there is nothing to do, or nothing to do it to
  void check(SystemdOptions systemd) {
    boolean wantsUnit = state.isPresent() || enabled.isPresent() || systemd.masked().isPresent();
    if (wantsUnit && name.isEmpty()) {
      throw new IllegalArgumentException("`name` is missing: which unit?");
    }
    if (!wantsUnit && !systemd.daemonReload() && !systemd.daemonReexec()) {
      throw new IllegalArgumentException(
          "give at least one of `state`, `enabled`, `masked` and `daemon_reload`");
    }
  }
}
