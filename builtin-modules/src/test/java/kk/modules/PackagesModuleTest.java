package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackagesModuleTest {
  private final TestHost host;

  PackagesModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  private void debian() {
    host.write("installed", "curl 7.88-1\n");
    host.program(
        "dpkg-query",
        """
        for n; do :; done
        v=$(sed -n "s/^$n //p" %s/installed)
        [ -n "$v" ] && echo "installed $v"
        """
            .formatted(host.directory));
    host.program(
        "apt-get",
        """
        case "$*" in
          *missing*) echo 'E: Unable to locate package missing' >&2; exit 100 ;;
          *virtual*) echo '0 upgraded, 0 newly installed, 0 to remove and 2 not upgraded.' ;;
          *' install '*) for n; do :; done; echo "$n 1.0" >>%1$s/installed ;;
          *' remove '*) : >%1$s/installed ;;
        esac
        """
            .formatted(host.directory));
  }

  private List<String> actions() {
    return host.calls().stream().filter(call -> call.startsWith("apt-get")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void installsWhatIsMissing(String shell) {
    debian();
    host.in(shell);
    Object[] arguments = {"name", List.of("curl", "jq"), "update_cache", true};

    host.onlyChecks(new AptModule(), arguments);
    assertEquals(List.of(), actions());
    assertEquals(List.of("jq"), host.changed(new AptModule(), arguments).get("packages"));
    host.unchanged(new AptModule(), arguments);

    assertEquals(2, actions().size());
    assertTrue(actions().get(0).endsWith(" update"));
    assertTrue(actions().get(1).endsWith(" install jq"), actions().get(1));
    assertEquals(3, host.roundTrips);
  }

  @Test
  void knowsVersionsAndVirtualPackages() {
    debian();
    host.unchanged(new PackageModule(), "name", "curl=7.88*");
    host.unchanged(new PackageModule(), "name", "virtual");
    host.changed(new PackageModule(), "name", "curl=8.0");
  }

  @Test
  void removes() {
    debian();
    host.unchanged(new PackageModule(), "name", "jq", "state", "absent");
    host.changed(new PackageModule(), "name", "curl", "state", "absent");
    host.unchanged(new PackageModule(), "name", "curl", "state", "absent");
  }

  @Test
  void passesOnWhatWentWrong() {
    debian();
    assertTrue(
        host.failure(new PackageModule(), "name", "missing").contains("Unable to locate package"));
  }

  @Test
  void refusesBadInput() {
    assertTrue(host.refusal(new PackageModule()).contains("which package"));
    assertTrue(
        host.refusal(new AptModule(), "name", "x", "state", "there").contains("it takes one of"));
  }
}
