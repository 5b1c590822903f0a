package kk.modules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// What `systemd` and `service` have in common, which is all but the name. One round trip.
abstract class UnitModule implements Module<UnitModule.Args> {
  private final String name;

  UnitModule(String name) {
    this.name = name;
  }

  /// What a unit has to be doing.
  public enum State {
    STARTED,
    STOPPED,
    RESTARTED,
    RELOADED
  }

  /// What these modules take.
  public record Args(
      @Doc("the unit, with or without its ending") @Alias({"service", "unit"})
          Optional<String> name,
      @Doc("what it has to be doing") Optional<State> state,
      @Doc("whether it starts with the host") Optional<Boolean> enabled,
      @Doc("whether starting it is impossible") Optional<Boolean> masked,
      @Doc("read changed unit files first") @Default("false") @Alias("daemon-reload")
          boolean daemonReload,
      @Doc("start systemd itself anew first") @Default("false") @Alias("daemon-reexec")
          boolean daemonReexec,
      @Doc("don't wait until it is done") @Default("false") boolean noBlock,
      @Doc("whose units: `system`, the login's with `user`, all logins' with `global`")
          @Default("system")
          String scope,
      @Doc("accepted for Ansible's sake; always as the host does it") @Default("auto") String use) {

    public Args {
      boolean wantsUnit = state.isPresent() || enabled.isPresent() || masked.isPresent();
      if (wantsUnit && name.isEmpty()) {
        throw new IllegalArgumentException("`name` is missing: which unit?");
      }
      if (!wantsUnit && !daemonReload && !daemonReexec) {
        throw new IllegalArgumentException(
            "give at least one of `state`, `enabled`, `masked` and `daemon_reload`");
      }
      if (!scope.matches("system|user|global")) {
        throw new IllegalArgumentException("`scope` is one of system, user, global");
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    String state = args.state().map(s -> s.name().toLowerCase(Locale.ROOT)).orElse("");
    String look =
        new Script()
            .set("unit", args.name())
            .set("wanted", state)
            .set("enabled", args.enabled().map(UnitModule::yesNo))
            .set("masked", args.masked().map(UnitModule::yesNo))
            .set("reload", args.daemonReload())
            .set("reexec", args.daemonReexec())
            .set("scope", "--" + args.scope())
            .set("checking", host.checking())
            .set("no_block", args.noBlock() ? "--no-block" : "")
            .add("unit.look")
            .text();
    Converged converged =
        host.converge(
            new Convergence(what(args, state), look, new Script().add("unit.change").text()));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    args.name().ifPresent(unit -> values.put("name", unit));
    args.state().ifPresent(_ -> values.put("state", state.equals("stopped") ? state : "started"));
    args.enabled().ifPresent(enabled -> values.put("enabled", enabled));
    Map<String, Object> status = new LinkedHashMap<>();
    for (String key : new String[] {"LoadState", "ActiveState", "SubState", "UnitFileState"}) {
      answer.find(key).ifPresent(value -> status.put(key, value));
    }
    values.put("status", status);
    // reading unit files again is no change of the host, as in Ansible
    boolean changed = converged.differed() && !answer.text("steps").equals("reload");
    return Outcome.changedIf(changed, Details.of(values));
  }

  private static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }

  private static String what(Args args, String state) {
    if (args.name().isEmpty()) {
      return "read unit files again";
    }
    String verb = state.isEmpty() ? "set up" : state.replaceFirst("p?ed$", "");
    return verb + " " + args.name().get();
  }
}
