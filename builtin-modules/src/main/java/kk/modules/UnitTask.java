package kk.modules;

import java.util.LinkedHashMap;
import java.util.Map;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Details;
import kk.spi.HostAccess;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// What `service` and `systemd` do: whatever the name, by what starts services on the host. One
/// round trip.
///
/// @param manager which service manager is asked for, `auto` for that of the host
record UnitTask(UnitArguments unit, SystemdOptions systemd, InitOptions init, String manager) {

  Outcome run(HostAccess host) throws UnreachableException, InterruptedException {
    String state = unit.wanted();
    Script look =
        new Script()
            .set("use", manager)
            .set("unit", unit.name())
            .set("wanted", state)
            .set("enabled", unit.enabled().map(UnitTask::yesNo))
            .set("checking", host.checking());
    systemd.assign(look);
    init.assign(look);
    Converged converged =
        host.converge(
            new Convergence(
                what(state), look.add("unit.look").text(), new Script().add("unit.change").text()));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    unit.name().ifPresent(name -> values.put("name", name));
    unit.state().ifPresent(_ -> values.put("state", state.equals("stopped") ? state : "started"));
    unit.enabled().ifPresent(enabled -> values.put("enabled", enabled));
    Map<String, Object> status = new LinkedHashMap<>();
    for (String key : new String[] {"LoadState", "ActiveState", "SubState", "UnitFileState"}) {
      answer.find(key).ifPresent(value -> status.put(key, value));
    }
    values.put("status", status);
    // reading unit files again is no change of the host, as in Ansible
    boolean changed = converged.differed() && !answer.text("steps").equals("reload");
    return Outcome.changedIf(changed, Details.of(values));
  }

  static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }

  private String what(String state) {
    if (unit.name().isEmpty()) {
      return "read unit files again";
    }
    String verb = state.isEmpty() ? "set up" : state.replaceFirst("p?ed$", "");
    return verb + " " + unit.name().get();
  }
}
