package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What apt-get is told. What comes of it is in [RealAptTest].
class AptModuleTest {
  private static final String START = "apt-get -y -q -o DPkg::Lock::Timeout=60 ";
  private static final String DPKG =
      "-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold ";

  private final TestHost host;

  AptModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
    host.write("installed", "curl:amd64 installed 7.88-1\n");
    host.program("dpkg", "[ \"$1\" != --print-architecture ] || { echo amd64; exit; }");
    host.program(
        "dpkg-query",
        """
        shift 3
        for n; do grep "^${n%%:*}:" %s/installed; done
        """
            .formatted(host.directory));
    host.program(
        "apt-cache",
        """
        for n; do :; done
        case "$*" in
          *pkgnames*) printf 'jq\\njq-doc\\n' ;;
          *) printf '%s:\\n  Installed: 7.88-1\\n  Candidate: 8.0\\n' $n ;;
        esac
        """);
    host.program(
        "apt-get",
        """
        for n; do :; done
        [ ! -e /usr/sbin/policy-rc.d ] || cat /usr/sbin/policy-rc.d >%1$s/policy
        case "$*" in
          *missing*) echo 'E: Unable to locate package missing' >&2; exit 100 ;;
          *virtual*|*check*) echo '0 upgraded, 0 newly installed, 0 to remove and 2 not upgraded.' ;;
          '-s '*) echo '0 upgraded, 10 newly installed, 0 to remove and 2 not upgraded.' ;;
          *' update') [ ! -e %1$s/offline ] || exit 100 ;;
          *' install '*) echo "${n%%%%=*}:amd64 installed 1.0" >>%1$s/installed ;;
          *' remove '*) : >%1$s/installed ;;
        esac
        """
            .formatted(host.directory));
    cover("sh", "touch -d '1 hour ago' /var/lib/apt/lists");
  }

  /// Has scripts run where `/var/lib/apt` and `/usr/sbin` are their own, which takes root.
  private void cover(String shell, String prepare) {
    if (isRoot()) {
      host.shell =
          List.of(
              "/usr/bin/unshare",
              "-m",
              "/bin/sh",
              "-c",
              "mount -t tmpfs none /var/lib/apt && mkdir /var/lib/apt/lists\n"
                  + "mount -t tmpfs none /usr/sbin\n"
                  + prepare
                  + "\nexec "
                  + shell
                  + " \"$0\"");
    } else {
      host.in(shell);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private List<String> actions() {
    return host.calls().stream().filter(call -> call.startsWith("apt-get")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "busybox sh", "bash"})
  void installsWhatIsMissing(String shell) {
    cover(shell, "");
    Object[] arguments = {"name", List.of("curl", "jq"), "update_cache", true};

    host.onlyChecks(new AptModule(), arguments);
    assertEquals(List.of("apt-get -s" + START.substring(7) + DPKG + "install jq"), actions());
    Map<String, Object> done = host.changed(new AptModule(), arguments);
    assertEquals(List.of("jq"), done.get("packages"));
    assertEquals(true, done.get("cache_updated"));
    assertEquals(true, host.unchanged(new AptModule(), arguments).get("cache_updated"));

    assertEquals(
        List.of(
            "apt-get -q -o DPkg::Lock::Timeout=60 -o APT::Update::Error-Mode=any update",
            START + DPKG + "install jq"),
        actions().subList(1, 3));
    assertEquals(4, actions().size());
    assertEquals(3, host.roundTrips);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "install_recommends | true | --install-recommends",
        "install_recommends | false | --no-install-recommends",
        "default_release | sid | -t sid",
        "allow_unauthenticated | true | --allow-unauthenticated",
        "allow_downgrade | true | --allow-downgrades",
        "allow_change_held_packages | true | --allow-change-held-packages",
        "fail_on_autoremove | true | --no-remove",
        "autoremove | true | --auto-remove",
        "force_apt_get | true | ''",
        "force | true | --allow-unauthenticated --allow-downgrades --allow-change-held-packages"
            + " --allow-remove-essential -o Acquire::https::Verify-Peer=false"
            + " -o Acquire::https::Verify-Host=false",
      })
  void passesOptionsOnToInstallations(String option, String value, String words) {
    host.changed(new AptModule(), "name", "jq", option, value);
    assertEquals(
        List.of(START + DPKG + "install " + (words.isEmpty() ? "" : words + " ") + "jq"),
        actions());
  }

  @Test
  void tellsDpkgAndWaitsForItsLock() {
    host.changed(
        new AptModule(),
        "name",
        "jq",
        "dpkg_options",
        "force-confnew,force-overwrite",
        "lock_timeout",
        7L);
    assertEquals(
        List.of(
            "apt-get -y -q -o DPkg::Lock::Timeout=7 -o Dpkg::Options::=--force-confnew"
                + " -o Dpkg::Options::=--force-overwrite install jq"),
        actions());
  }

  @Test
  void knowsVersionsAndVirtualPackages() {
    host.unchanged(new PackageModule(), "name", "curl=7.88*");
    host.unchanged(new PackageModule(), "name", "virtual");
    host.unchanged(new AptModule(), "name", "curl:amd64");
    host.changed(new AptModule(), "name", "curl:i386");
    host.changed(new PackageModule(), "name", "curl=8.0");
    assertEquals(START + DPKG + "install curl=8.0", actions().getLast());
  }

  @Test
  void takesWildcards() {
    assertEquals(
        List.of("jq", "jq-doc"), host.changed(new AptModule(), "name", "jq*").get("packages"));
    assertTrue(host.failure(new AptModule(), "name", "nope*").contains("is called like nope*"));
  }

  @Test
  void bringsUpToDate() {
    host.changed(new AptModule(), "name", "curl", "state", "latest", "default_release", "sid");
    assertEquals(START + DPKG + "install -t sid curl", actions().getLast());
    assertTrue(host.calls().contains("apt-cache -o APT::Default-Release=sid policy curl"));

    host.changed(new AptModule(), "name", "*", "state", "latest");
    assertEquals(START + DPKG + "upgrade --with-new-pkgs", actions().getLast());
    host.changed(new AptModule(), "upgrade", true);
    assertEquals(START + DPKG + "upgrade --with-new-pkgs", actions().getLast());
    Object[] all = {"upgrade", "full", "autoremove", true, "allow_downgrade", true};
    host.changed(new AptModule(), all);
    assertEquals(
        START + DPKG + "dist-upgrade --auto-remove --allow-downgrades", actions().getLast());

    host.unchanged(new AptModule(), "name", "jq", "state", "latest", "only_upgrade", true);
    host.changed(new AptModule(), "name", "curl=9", "only_upgrade", true);
    assertEquals(START + DPKG + "install --only-upgrade curl=9", actions().getLast());
  }

  @Test
  void removes() {
    host.unchanged(new PackageModule(), "name", "jq", "state", "absent");
    host.unchanged(new AptModule(), "name", "curl=1.0", "state", "absent");
    host.changed(
        new AptModule(), "name", "curl", "state", "absent", "purge", true, "autoremove", true);
    assertEquals(List.of(START + DPKG + "remove --auto-remove --purge curl"), actions());
    host.unchanged(new PackageModule(), "name", "curl", "state", "absent");
  }

  @Test
  void purgesWhatARemovedPackageHasLeft() {
    host.write("installed", "curl:amd64 config-files 7.88-1\n");
    host.unchanged(new AptModule(), "name", "curl", "state", "absent");
    host.changed(new AptModule(), "name", "curl", "state", "absent", "purge", true);
  }

  @Test
  void tidiesUp() {
    host.changed(new AptModule(), "clean", true);
    host.unchanged(new AptModule(), "name", "curl", "clean", true);
    host.unchanged(new AptModule(), "autoclean", true);
    host.changed(new AptModule(), "autoremove", true, "purge", true);
    assertEquals(
        List.of(
            "apt-get clean",
            "apt-get clean",
            START + "autoclean",
            START + DPKG + "autoremove --purge"),
        actions());
  }

  @Test
  void installsWhatBuildingTakesAndMends() {
    host.changed(new AptModule(), "name", "src", "state", "build-dep");
    assertEquals(START + DPKG + "build-dep src", actions().getLast());
    host.unchanged(new AptModule(), "state", "fixed");
    host.program("apt-get", "[ \"$2\" != check ]");
    host.changed(new AptModule(), "state", "fixed");
    assertEquals(START + DPKG + "-f install", actions().getLast());
  }

  @Test
  void fetchesListsThatAreTooOld() {
    Assumptions.assumeTrue(isRoot(), "needs root for a namespace");
    assertEquals(
        false, host.unchanged(new AptModule(), "cache_valid_time", 7200L).get("cache_updated"));
    host.onlyChecks(new AptModule(), "cache_valid_time", 1800L);
    assertEquals(List.of(), actions());
    Map<String, Object> fetched = host.changed(new AptModule(), "cache_valid_time", 1800L);
    assertEquals(true, fetched.get("cache_updated"));
    long now = System.currentTimeMillis() / 1000;
    assertTrue(
        TestHost.at(fetched, "cache_update_time") instanceof Long time && now - time < 60,
        fetched.toString());
    assertEquals(1, actions().size());
    host.unchanged(new AptModule(), "name", "curl", "cache_valid_time", 1800L);
    assertEquals(2, actions().size());
  }

  @Test
  void triesAgainToFetchLists() {
    host.write("offline", "");
    Object[] arguments = {
      "update_cache", true, "update_cache_retries", 3L, "update_cache_retry_max_delay", 0L
    };
    host.failure(new AptModule(), arguments);
    assertEquals(3, actions().size());
  }

  @Test
  void saysWhetherServicesMayStart() {
    Assumptions.assumeTrue(isRoot(), "needs root for a namespace");
    cover(
        "sh",
        "echo was >/usr/sbin/policy-rc.d; sh \"$0\"; status=$?; cp /usr/sbin/policy-rc.d "
            + host.path("after")
            + "; exit $status");
    host.changed(new AptModule(), "name", "jq", "policy_rc_d", 101L);
    assertEquals("#!/bin/sh\nexit 101\n", host.text("policy"));
    assertEquals("was\n", host.text("after"));
    host.failure(new AptModule(), "name", "missing", "policy_rc_d", 101L);
    assertEquals("was\n", host.text("after"));
  }

  @Test
  void passesOnWhatWentWrong() {
    assertTrue(
        host.failure(new PackageModule(), "name", "missing").contains("Unable to locate package"));
    host.inCheckMode();
    assertTrue(
        host.failure(new AptModule(), "name", "missing").contains("Unable to locate package"));
    // the lists that would be fetched may have it
    host.changed(new AptModule(), "name", "missing", "update_cache", true);
    assertFalse(actions().stream().anyMatch(action -> action.endsWith(" update")));
  }
}
