package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Modules about the host as a whole.
class HostModulesTest {
  private final TestHost host;

  HostModulesTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  private static Map<?, ?> facts(Outcome outcome) {
    NewVariables facts = outcome.details().variables().orElseThrow();
    assertEquals(NewVariables.Level.FACTS, facts.level());
    return facts.values();
  }

  @Test
  void looksUpEntries() {
    host.program(
        "getent",
        "case \"$*\" in"
            + " 'passwd ann') echo 'ann:x:7:8:Ann B:/home/ann:/bin/sh' ;;"
            + " hosts) printf '1.1.1.1 one\\n2.2.2.2  two a\\n1.1.1.1 three\\n' ;;"
            + " nothing*) exit 1 ;;"
            + " *) exit 2 ;; esac");
    assertEquals(
        Map.of(
            "getent_passwd",
            Map.of("ann", List.of("x", "7", "8", "Ann B", "/home/ann", "/bin/sh"))),
        facts(host.run(new GetentModule(), "database", "passwd", "key", "ann")));
    assertEquals(
        Map.of(
            "1.1.1.1", List.of(List.of("one"), List.of("three")), "2.2.2.2", List.of("two", "a")),
        facts(host.run(new GetentModule(), "database", "hosts")).get("getent_hosts"));
    assertTrue(
        host.failure(new GetentModule(), "database", "passwd", "key", "bob")
            .contains("not be found"));
    Map<?, ?> missing =
        facts(host.run(new GetentModule(), "database", "passwd", "key", "bob", "fail_key", false));
    assertTrue(((Map<?, ?>) TestHost.at(missing, "getent_passwd")).containsKey("bob"));
    assertTrue(host.failure(new GetentModule(), "database", "nothing").contains("unknown"));
  }

  /// In a name space of its own, where another file lies over /etc/hostname.
  @Test
  void setsTheHostName() throws IOException, InterruptedException {
    host.write("hostname", "# this host\nold.example.com\n");
    host.write(
        "enter", "mount --bind \"$KK_TEST/hostname\" /etc/hostname && exec /bin/sh \"$@\"\n");
    host.environment.put("KK_TEST", host.directory.toString());
    assumeTrue(
        new ProcessBuilder("unshare", "--mount", "--uts", "true").start().waitFor() == 0,
        "needs the right to make name spaces");
    host.shell = List.of("unshare", "--mount", "--uts", "/bin/sh", host.path("enter").toString());
    host.program("hostnamectl", "exit 1");
    host.program("hostname", "[ -z \"$1\" ] && cat now || echo \"$1\" >now");
    host.write("now", "old.example.com\n");

    host.onlyChecks(new HostnameModule(), "name", "new.example.com");
    Outcome outcome = host.run(new HostnameModule(), "name", "new.example.com");
    assertInstanceOf(Outcome.Changed.class, outcome, outcome.toString());
    assertEquals("new.example.com\n", host.text("hostname"));
    assertEquals("new.example.com\n", host.text("now"));
    assertEquals(
        Arrays.asList("new", "new.example.com", "new.example.com", "example.com"),
        List.copyOf(facts(outcome).values()));
    host.unchanged(new HostnameModule(), "name", "new.example.com");
    assertTrue(host.refusal(new HostnameModule(), "name", "-a b").contains("can't be the name"));
  }

  @Test
  void waitsForAHost() {
    host.refusals = 2;
    host.unchanged(new WaitForConnectionModule(), "sleep", 0L);
    assertEquals(3, host.reconnections);
    host.refusals = 1000;
    assertTrue(
        host.failure(new WaitForConnectionModule(), "sleep", 0L, "timeout", 0L)
            .contains("timed out"));
    host.reconnections = 0;
    host.checking = true;
    host.unchanged(new WaitForConnectionModule());
    assertEquals(0, host.reconnections);
  }

  @Test
  void startsAHostAnew() {
    assertTrue(host.failure(new RebootModule()).contains("the machine that kk runs on"));
    hideThisMachine();
    Object[] arguments = {
      "boot_time_command", "cat " + host.write("boot", "1\n"),
      "reboot_command", "echo 2 >" + host.path("boot")
    };
    host.onlyChecks(new RebootModule(), arguments);
    host.refusals = 1;
    Map<String, Object> values = host.changed(new RebootModule(), arguments);
    assertEquals(true, values.get("rebooted"));
    assertEquals(3, host.reconnections);
    arguments[3] = "echo not now >&2; exit 1";
    assertTrue(host.failure(new RebootModule(), arguments).contains("not now"));
  }

  /// Makes it a host that doesn't see the temporary files of this machine.
  private void hideThisMachine() {
    host.environment.put("KK_TMP", System.getProperty("java.io.tmpdir"));
    Path enter = host.write("enter", "rm -f \"$KK_TMP\"/kk-here*; exec /bin/sh \"$@\"\n");
    host.shell = List.of("/bin/sh", enter.toString());
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertTrue(host.refusal(new RebootModule(), "reboot_timeout", 0L).contains("negative"));
    assertFalse(host.refusal(new GetentModule(), "database", "a b").isEmpty());
  }
}
