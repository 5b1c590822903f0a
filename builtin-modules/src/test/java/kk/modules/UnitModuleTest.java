package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kk.bind.ArgumentBinder;
import kk.bind.ArgumentSchema;
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
        while case $1 in --*) ;; *) false ;; esac; do shift; done
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
  void putsLinksOutOfTheWayOnlyWhenTold() {
    unit("loaded", "inactive", "disabled");
    host.changed(new SystemdModule(), "name", "x", "enabled", true, "force", true);
    host.changed(new SystemdModule(), "name", "x", "masked", true, "force", true);
    host.changed(new SystemdModule(), "name", "x", "enabled", false);
    assertEquals(
        List.of("--force enable x.service", "--force mask x.service", "disable x.service"),
        actions());
  }

  @Test
  void takesAnsiblesOtherNames() {
    unit("loaded", "inactive", "disabled");
    host.changed(new SystemdModule(), "unit", "a", "state", "started", "no_block", true);
    host.unchanged(new SystemdServiceModule(), "service", "a", "state", "started");
    host.unchanged(new SystemdModule(), "daemon-reload", true, "daemon-reexec", true);
    assertEquals(
        List.of("--no-block start a.service", "daemon-reexec", "daemon-reload"), actions());
  }

  @Test
  void standardOptionsAreThoseThatNobodyGives() {
    ArgumentSchema<InitOptions> schema = ArgumentSchema.of(InitOptions.class);
    assertEquals(InitOptions.STANDARD, ArgumentBinder.bind(schema, Map.of()));
  }

  @Test
  void whatIsForInitScriptsHasNoEffectOnSystemd() {
    unit("loaded", "active", "enabled");
    Object[] arguments = {
      "name", "x", "state", "restarted", "sleep", 600L, "pattern", "y", "args", "z", "runlevel", "a"
    };
    host.changed(new ServiceModule(), arguments);
    assertEquals(List.of("restart x.service"), actions());
  }

  /// An OpenRC with one service that is in a runlevel of its own.
  private void openrc() {
    host.program(
        "rc-service",
        """
        case $2 in
          status) [ -e %1$s/running ] ;;
          start) touch %1$s/running ;;
          stop) rm %1$s/running ;;
        esac
        """
            .formatted(host.directory));
    host.program("rc-update", "[ \"$*\" != 'show boot' ] || echo ' web | boot'");
    host.program("ps", "echo '1 root webserver --all'");
  }

  private List<String> rc() {
    return host.calls().stream()
        .filter(call -> !call.matches("ps.*|.* (status|show .*|web)|rc-service -e.*"))
        .toList();
  }

  @Test
  void managesServicesOfOpenrc() {
    openrc();
    Object[] arguments = {
      "use", "openrc", "name", "web", "state", "restarted", "sleep", 0L, "args", "--now 'a b'"
    };
    host.write("running", "");
    host.changed(new ServiceModule(), arguments);
    host.unchanged(new ServiceModule(), "use", "openrc", "name", "web", "state", "started");
    host.unchanged(
        new ServiceModule(), "use", "openrc", "name", "web", "enabled", true, "runlevel", "boot");
    host.changed(new ServiceModule(), "use", "openrc", "name", "web", "enabled", true);
    assertEquals(
        List.of(
            "rc-service web stop --now a b",
            "rc-service web start --now a b",
            "rc-update add web default"),
        rc());
  }

  @Test
  void looksForAServiceAmongProcesses() {
    openrc();
    Object[] arguments = {"use", "openrc", "name", "web", "state", "started", "pattern"};
    host.unchanged(new ServiceModule(), append(arguments, "webserver --all"));
    host.changed(new ServiceModule(), append(arguments, "database"));
  }

  private static Object[] append(Object[] arguments, Object last) {
    return Stream.concat(Arrays.stream(arguments), Stream.of(last)).toArray();
  }

  @Test
  void anOptionOfSystemdFailsElsewhere() {
    openrc();
    assertTrue(
        host.failure(new ServiceModule(), "use", "openrc", "name", "web", "masked", true)
            .contains("only systemd has masked, and this host has openrc"));
    assertTrue(
        host.failure(new ServiceModule(), "use", "sysvinit", "name", "nosuch", "state", "started")
            .contains("no /etc/init.d/nosuch"));
    host.unchanged(new ServiceModule(), "use", "openrc", "daemon_reload", true);
  }

  @Test
  void refusesBadInput() {
    assertTrue(host.refusal(new ServiceModule(), "name", "x", "use", "y").contains("one of auto"));
    assertTrue(host.refusal(new ServiceModule(), "name", "x").contains("at least one"));
    assertTrue(
        host.refusal(new ServiceModule(), "name", "x", "state", "started", "args", "'a")
            .contains("never closed"));
    assertTrue(host.refusal(new SystemdModule(), "state", "started").contains("which unit"));
    assertTrue(host.refusal(new SystemdModule(), "name", "x").contains("at least one"));
    assertTrue(
        host.refusal(new SystemdModule(), "name", "x", "state", "up").contains("it takes one of"));
  }
}
