package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitModuleTest {
  private final TestHost host;

  UnitModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  /// A systemd with one unit whose state is in files.
  private void unit(String load, String active, String file) {
    host.write("active", active);
    host.write("file", file);
    host.program(
        "systemctl",
        """
        D=%s
        shift
        case $1 in
          show) echo LoadState=%s; echo ActiveState=$(cat $D/active); echo SubState=x
            echo UnitFileState=$(cat $D/file) ;;
          start|restart) [ ! -e $D/broken ] || exit 1; printf active >$D/active ;;
          stop) printf inactive >$D/active ;;
          enable) printf enabled >$D/file ;;
          disable) printf disabled >$D/file ;;
        esac
        """
            .formatted(host.directory, load));
    host.program("journalctl", "echo 'could not bind port 80'");
  }

  private List<String> actions() {
    return host.calls().stream()
        .filter(call -> !call.contains(" show "))
        .map(call -> call.replaceFirst("systemctl --system *", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void startsAndEnables(String shell) {
    unit("loaded", "inactive", "disabled");
    host.in(shell);
    Object[] arguments = {"name", "harbor", "state", "started", "enabled", true};

    host.onlyChecks(new SystemdModule(), arguments);
    assertEquals(List.of(), actions());
    host.changed(new SystemdModule(), arguments);
    host.unchanged(new SystemdModule(), arguments);

    assertEquals(List.of("enable harbor.service", "start harbor.service"), actions());
    assertEquals(3, host.roundTrips);
  }

  @Test
  void stopsAndRestarts() {
    unit("loaded", "active", "static");
    host.changed(new ServiceModule(), "name", "a.socket", "state", "restarted", "enabled", true);
    host.changed(new ServiceModule(), "name", "a.socket", "state", "stopped");
    host.unchanged(new ServiceModule(), "name", "a.socket", "state", "stopped");
    assertEquals(List.of("restart a.socket", "stop a.socket"), actions());
  }

  @Test
  void readsUnitFilesAgainWithoutCallingThatAChange() {
    unit("loaded", "active", "enabled");
    host.unchanged(new SystemdModule(), "name", "x", "state", "started", "daemon_reload", true);
    host.unchanged(new SystemdModule(), "daemon_reload", true);
    assertEquals(List.of("daemon-reload", "daemon-reload"), actions());
  }

  @Test
  void showsTheJournalWhenStartingFails() {
    unit("loaded", "failed", "enabled");
    host.write("broken", "");
    String why = host.failure(new SystemdModule(), "name", "x", "state", "started");
    assertTrue(why.contains("start of x.service failed"), why);
    assertTrue(why.contains("could not bind port 80"), why);
  }

  @Test
  void knowsUnitsThatAreNotThere() {
    unit("not-found", "inactive", "");
    assertTrue(
        host.failure(new SystemdModule(), "name", "x", "state", "started")
            .contains("there is no unit x.service"));
    host.unchanged(new SystemdModule(), "name", "x", "state", "stopped");
    host.checking = true;
    host.changed(new SystemdModule(), "name", "x", "state", "started");
  }

  @Test
  void refusesBadInput() {
    assertTrue(host.refusal(new SystemdModule(), "state", "started").contains("which unit"));
    assertTrue(host.refusal(new SystemdModule(), "name", "x").contains("at least one"));
    assertTrue(
        host.refusal(new SystemdModule(), "name", "x", "state", "up").contains("it takes one of"));
  }
}
