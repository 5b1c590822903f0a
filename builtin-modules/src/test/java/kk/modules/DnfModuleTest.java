package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What dnf is told.
class DnfModuleTest {
  private static final String START = "dnf -y --setopt=exit_on_lock=1 ";

  private final TestHost host;

  DnfModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
    host.write("installed", "curl 7.76.1 29.el9\n");
    host.program("curl", "for n; do :; done; case $n in *none*) exit 22 ;; esac");
    host.program("uname", "echo x86_64");
    // it compares versions of one digit only
    host.program(
        "rpm",
        """
        D=%s
        case "$*" in
          *--eval*) set -- $(printf '%%s\\n' "$*" | sed -n "s/.*= rpm.vercmp('\\([^']*\\)', '\\([^']*\\)').*/\\1 \\2/p;")
            [ "${1%%%%.*}" -gt "${2%%%%.*}" ] && echo 1 || echo -1; exit ;;
          *-qp*) echo 'tool|1.0|1|noarch'; exit ;;
          *-a*kern*) echo kernel; exit ;;
        esac
        status=0
        while [ $# -gt 0 ]; do
          case $1 in
            --root|--qf) shift ;;
            -*) ;;
            *) v=$(sed -n "s/^$1 \\([^ ]*\\) /\\1|/p" $D/installed)
              [ -n "$v" ] && echo "$v" || status=1 ;;
          esac
          shift
        done
        exit $status
        """
            .formatted(host.directory));
    host.program(
        "dnf",
        """
        [ ! -e %1$s/locked ] || { rm %1$s/locked; echo 'RPMDB already locked by 7' >&2; exit 200; }
        case "$*" in
          *uptodate*|*autoremove*) echo 'Nothing to do.' ;;
          *missing*) echo 'Error: Unable to find a match: missing' >&2; exit 1 ;;
          *repolist*) printf 'repo id   repo name\\nbaseos    Base\\n' ;;
          *repoquery*) printf 'jq|0|1.6|1|x86_64|baseos\\n\\n' ;;
          *) printf 'Transaction Summary\\n=====\\nInstall  1 Package\\n' ;;
        esac
        case "$*" in --assumeno*) exit 1 ;; esac
        """
            .formatted(host.directory));
  }

  private List<String> asked() {
    return host.calls().stream().filter(call -> call.startsWith("dnf ")).toList();
  }

  private static Object[] dnf(Object... arguments) {
    return Stream.concat(Arrays.stream(arguments), Stream.of("use_backend", "dnf4")).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void installsWhatIsMissing(String shell) {
    host.in(shell);
    Object[] both = dnf("name", List.of("curl", "jq"), "update_cache", true);
    host.onlyChecks(new DnfModule(), both);
    assertEquals(List.of("jq"), host.changed(new YumModule(), both).get("packages"));
    host.unchanged(new DnfModule(), dnf("name", "curl", "expire-cache", true));
    host.unchanged(new DnfModule(), dnf("name", "uptodate"));
    assertEquals(
        List.of(
            "dnf --assumeno --setopt=exit_on_lock=1 --refresh install jq",
            START + "--refresh install jq",
            START + "-q --refresh makecache",
            START + "install uptodate"),
        asked());
    assertEquals(4, host.roundTrips);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enablerepo | a,b | --enablerepo=a,b | ''",
        "disablerepo | * | --disablerepo=* | ''",
        "exclude | kernel* | --exclude=kernel* | ''",
        "disable_excludes | all | --disableexcludes=all | ''",
        "enable_plugin | a | --enableplugin=a | ''",
        "disable_plugin | a,b | --disableplugin=a,b | ''",
        "conf_file | /etc/my dnf.conf | --config=/etc/my dnf.conf | ''",
        "releasever | 9.4 | --releasever=9.4 | ''",
        "installroot | /mnt | --installroot=/mnt | ''",
        "cacheonly | true | -C | ''",
        "sslverify | false | --setopt=sslverify=0 | ''",
        "validate_certs | false | '' | ''",
        "install_repoquery | false | '' | ''",
        "disable_gpg_check | true | '' | --nogpgcheck",
        "skip_broken | true | '' | --skip-broken",
        "install_weak_deps | false | '' | --setopt=install_weak_deps=0",
        "allowerasing | true | '' | --allowerasing",
        "best | true | '' | --setopt=best=1",
        "nobest | true | '' | --setopt=best=0",
        "download_only | true | '' | --downloadonly",
        "security | true | '' | ''",
      })
  void passesOptionsOn(String option, String value, String always, String installing) {
    host.changed(new DnfModule(), dnf("name", "jq", option, value));
    String words = (always + " " + installing).strip();
    assertEquals(List.of(START + (words.isEmpty() ? "" : words + " ") + "install jq"), asked());
  }

  @Test
  void bringsUpToDate() {
    Object[] both = {"name", List.of("curl", "jq"), "state", "latest"};
    host.changed(new DnfModule(), dnf(both));
    assertEquals(List.of(START + "install jq", START + "upgrade curl"), asked());
    host.changed(new DnfModule(), dnf("name", "curl,jq", "state", "latest", "update_only", true));
    assertEquals(START + "upgrade curl", asked().get(2));
    host.unchanged(new DnfModule(), dnf("name", "jq", "update_only", true));
    host.changed(
        new DnfModule(),
        dnf("name", "curl,jq", "state", "latest", "security", true, "bugfix", true));
    assertEquals(
        List.of(
            START + "--security --bugfix install jq",
            START + "--security --bugfix upgrade-minimal curl"),
        asked().subList(3, 5));
    host.changed(new DnfModule(), dnf("name", "*", "state", "latest"));
    assertEquals(START + "upgrade", asked().getLast());
    host.changed(new DnfModule(), dnf("name", "*", "state", "latest", "bugfix", true));
    assertEquals(START + "--bugfix upgrade-minimal", asked().getLast());
  }

  @Test
  void removes() {
    host.unchanged(new DnfModule(), dnf("name", "jq", "state", "absent"));
    host.changed(new DnfModule(), dnf("name", "curl", "state", "absent"));
    host.changed(new DnfModule(), dnf("name", "curl", "autoremove", true));
    host.changed(new DnfModule(), dnf("name", "kern*", "state", "absent"));
    host.unchanged(new DnfModule(), dnf("autoremove", true));
    assertEquals(
        List.of(
            START + "--setopt=clean_requirements_on_remove=no remove curl",
            START + "--setopt=clean_requirements_on_remove=yes remove curl",
            START + "--setopt=clean_requirements_on_remove=no remove kern*",
            START + "autoremove"),
        asked());
    assertTrue(
        host.failure(new DnfModule(), dnf("name", "x", "state", "latest", "autoremove", true))
            .contains("autoremove stands alone"));
    assertTrue(
        host.failure(new DnfModule(), dnf("name", "/x.rpm", "state", "absent"))
            .contains("by its name"));
  }

  @Test
  void lowersAVersionOnlyWhenItMay() {
    host.unchanged(new DnfModule(), dnf("name", "curl-6.1"));
    host.unchanged(new DnfModule(), dnf("name", "curl-6.1-3.x86_64"));
    host.changed(new DnfModule(), dnf("name", "curl-6.1", "allow_downgrade", true));
    host.changed(new DnfModule(), dnf("name", "curl-8.1"));
    assertEquals(List.of(START + "install curl-6.1", START + "install curl-8.1"), asked());
  }

  @Test
  void takesGroupsConditionsFilesAndAddresses() {
    host.changed(new DnfModule(), dnf("name", List.of("@tools", "jq >= 1.5", "/tmp/tool.rpm")));
    assertEquals(START + "install @tools jq >= 1.5 /tmp/tool.rpm", asked().getLast());
    Object[] address = {"name", "https://x.example/tool.rpm"};
    assertEquals(List.of("tool.rpm"), host.changed(new DnfModule(), dnf(address)).get("packages"));
    assertTrue(asked().getLast().matches(".* install /\\S+/tool.rpm"), asked().getLast());
    assertTrue(fetched().startsWith("curl -fsSL -o /"), fetched());
    host.changed(
        new DnfModule(), dnf("name", "https://x.example/tool.rpm", "validate_certs", false));
    assertTrue(fetched().startsWith("curl -fsSL -k -o /"), fetched());
    assertTrue(
        host.failure(new DnfModule(), dnf("name", "https://none.example/tool.rpm"))
            .contains("cannot fetch https://none.example/tool.rpm"));
    assertTrue(host.failure(new DnfModule(), dnf("name", "missing")).contains("find a match"));
  }

  private String fetched() {
    return host.calls().stream().filter(call -> call.startsWith("curl ")).toList().getLast();
  }

  @Test
  void keepsFetchedPackagesInADirectory() {
    host.changed(
        new DnfModule(), dnf("name", "jq", "download_only", true, "download_dir", "/srv/rpms"));
    assertEquals(List.of(START + "--downloadonly --downloaddir=/srv/rpms install jq"), asked());
  }

  @Test
  void looksIntoAnotherRoot() {
    host.changed(new DnfModule(), dnf("name", "jq", "installroot", "/mnt"));
    assertTrue(host.calls().contains("rpm -q --root /mnt --whatprovides jq"));
  }

  @Test
  void waitsForTheLock() {
    host.write("locked", "");
    assertTrue(
        host.failure(new DnfModule(), dnf("name", "jq", "lock_timeout", 0L))
            .contains("already locked"));
    host.write("locked", "");
    host.changed(new DnfModule(), dnf("name", "jq", "lock_timeout", 5L));
    assertEquals(3, asked().size());
  }

  @Test
  void tellsWhatThereIs() {
    assertEquals(
        "[{repoid=baseos, state=enabled}]",
        TestHost.at(host.unchanged(new DnfModule(), dnf("list", "repos")), "results").toString());
    Object available =
        TestHost.at(host.unchanged(new DnfModule(), dnf("list", "available")), "results");
    assertEquals(
        "[{name=jq, arch=x86_64, epoch=0, release=1, version=1.6, repo=baseos,"
            + " envra=0:jq-1.6-1.x86_64, nevra=0:jq-1.6-1.x86_64, yumstate=available}]",
        available.toString());
    host.unchanged(new DnfModule(), dnf("list", "updates", "enablerepo", "extra"));
    assertEquals(
        "dnf --enablerepo=extra -q repoquery --upgrades --qf"
            + " %{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}",
        asked().getLast());
  }

  @Test
  void knowsWhatTheOldYumCannot() throws IOException {
    host.program("yum", "printf 'Transaction Summary\\n=====\\nInstall  1 Package\\n'");
    Object[] old = {"use", "yum", "name", "jq"};
    Files.delete(host.path("bin/dnf"));
    host.changed(new PackageModule(), old);
    assertTrue(host.calls().contains("yum -y --setopt=exit_on_lock=1 install jq"));
    assertTrue(
        host.failure(new PackageModule(), "use", "yum", "name", "jq", "allowerasing", true)
            .contains("only dnf has allowerasing, and this host has yum"));
    assertTrue(
        host.failure(new PackageModule(), "use", "yum", "list", "repos")
            .contains("only dnf has list"));
    assertTrue(
        host.failure(new DnfModule(), "name", "jq", "use_backend", "dnf5").contains("no dnf5"));
  }
}
