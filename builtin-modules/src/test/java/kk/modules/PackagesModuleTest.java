package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kk.bind.ArgumentBinder;
import kk.bind.ArgumentSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What holds whichever package manager a host has.
class PackagesModuleTest {
  private final TestHost host;

  PackagesModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  /// A package manager for which nothing is there, and all of which ends well.
  private void manager(String program) {
    host.program(program, "[ \"$1\" != info ]").program("rpm", "exit 1");
  }

  private List<String> asked(String program) {
    return host.calls().stream().filter(call -> call.startsWith(program + " ")).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "apk, absent, apk --wait 5 del curl",
    "apk, present, apk --wait 5 add curl",
    "apk, latest, apk --wait 5 add -u curl",
    "zypper, absent, zypper -n remove curl",
    "zypper, present, zypper -n install -y curl"
  })
  void managesPackagesByTheManagerItIsTold(String manager, String state, String command) {
    manager(manager);
    if (state.equals("absent")) {
      host.program("rpm", "").program("apk", "");
    }
    Object[] arguments = {"name", "curl", "state", state, "use", manager, "lock_timeout", 5L};

    host.onlyChecks(new PackageModule(), arguments);
    host.changed(new PackageModule(), arguments);

    assertEquals(command, asked(manager).getLast());
  }

  @Test
  void anOptionOfAnotherManagerFails() {
    manager("zypper");
    assertTrue(
        host.failure(new PackageModule(), "use", "zypper", "upgrade", "dist")
            .contains("only apt has upgrade, and this host has zypper"));
    assertTrue(
        host.failure(
                new PackageModule(), "use", "zypper", "name", "x", "exclude", "y", "security", true)
            .contains("only dnf has exclude, security, and this host has zypper"));
    assertTrue(
        host.failure(new PackageModule(), "use", "zypper", "name", "x", "state", "build-dep")
            .contains("only apt has state: build-dep, and this host has zypper"));
    assertTrue(host.failure(new PackageModule(), "use", "apk", "name", "x").contains("has no apk"));
    host.program("apt-get", "");
    assertTrue(
        host.failure(new DnfModule(), "name", "x", "installroot", "/mnt")
            .contains("only dnf has installroot, and this host has apt-get"));
    host.program("dnf", "").program("rpm", "exit 1");
    assertTrue(
        host.failure(new PackageModule(), "use", "dnf", "name", "x", "cache_valid_time", 9L)
            .contains("only apt has cache_valid_time, and this host has dnf"));
    host.changed(new PackageModule(), "use", "dnf", "name", "x", "purge", false);
  }

  @Test
  void standardOptionsAreThoseThatNobodyGives() {
    assertEquals(AptOptions.STANDARD, none(AptOptions.class));
    assertEquals(DnfOptions.STANDARD, none(DnfOptions.class));
  }

  private static <A extends Record> A none(Class<A> record) {
    return ArgumentBinder.bind(ArgumentSchema.of(record), Map.of());
  }

  @Test
  void refusesBadInput() {
    assertTrue(host.refusal(new PackageModule()).contains("which package"));
    assertTrue(
        host.refusal(new AptModule(), "name", "x", "state", "there")
            .contains("it takes one of present, installed, absent, removed, latest, build-dep"));
    assertTrue(host.refusal(new AptModule(), "name", "x", "deb", "y").contains("only one of"));
    assertTrue(host.refusal(new AptModule(), "name", "*").contains("`state: latest` only"));
    assertTrue(
        host.refusal(new DnfModule(), "name", List.of("*", "x"), "state", "latest")
            .contains("no others"));
    assertTrue(host.refusal(new AptModule(), "upgrade", "some").contains("one of no, yes"));
    assertTrue(
        host.refusal(new AptModule(), "deb", "x", "state", "absent").contains("present` only"));
    assertTrue(
        host.refusal(new DnfModule(), "name", "x", "list", "y").contains("`name` or `list`"));
    assertTrue(
        host.refusal(new DnfModule(), "name", "x", "best", true, "nobest", true)
            .contains("`best` or `nobest`"));
    assertTrue(
        host.refusal(new DnfModule(), "name", "x", "use_backend", "rpm").contains("one of auto"));
    assertTrue(
        host.refusal(new PackageModule(), "name", "x", "use", "pacman").contains("one of auto"));
    assertTrue(
        host.refusal(new AptModule(), "name", "x", "default_release", "a b").contains("spaces"));
    assertTrue(
        host.refusal(new AptModule(), "name", "x", "policy_rc_d", 300L).contains("exit status"));
  }
}
