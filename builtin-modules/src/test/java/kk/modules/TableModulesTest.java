package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Modules that keep entries in a table of the host: keys, mounts, jobs, settings.
class TableModulesTest {
  private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFirst";
  private static final String OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAISecond";
  private final TestHost host;

  TableModulesTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @Test
  void keepsKeysOfHosts() {
    Path file = host.write("known", "# mine\nother ssh-rsa AAA\n");
    Object[] arguments = {"path", file, "name", "Node1", "key", "node1 " + KEY};
    host.onlyChecks(new KnownHostsModule(), arguments);
    Map<String, Object> values = host.changed(new KnownHostsModule(), arguments);
    assertEquals("# mine\nother ssh-rsa AAA\n", TestHost.at(values, "diff", "before"));
    host.unchanged(new KnownHostsModule(), arguments);
    arguments[5] = "node1 " + OTHER;
    host.changed(new KnownHostsModule(), arguments);
    assertEquals("# mine\nother ssh-rsa AAA\nnode1 " + OTHER + "\n", host.text("known"));
    host.changed(
        new KnownHostsModule(),
        "path",
        file,
        "name",
        "node1",
        "key",
        "node1 " + OTHER,
        "hash_host",
        true);
    host.unchanged(
        new KnownHostsModule(),
        "path",
        file,
        "name",
        "node1",
        "key",
        "node1 " + OTHER,
        "hash_host",
        true);
    assertTrue(host.text("known").contains("\n|1|"));
    assertFalse(host.text("known").contains("node1"));
    host.changed(new KnownHostsModule(), "path", file, "name", "node1", "state", "absent");
    host.unchanged(new KnownHostsModule(), "path", file, "name", "node1", "state", "absent");
    assertEquals("# mine\nother ssh-rsa AAA\n", host.text("known"));
    assertTrue(
        host.refusal(new KnownHostsModule(), "name", "a", "key", "b " + KEY).contains("match"));
  }

  @Test
  void readsNamesThatSshHashed() {
    KnownHostLine line =
        KnownHostLine.parse(
                "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa A")
            .orElseThrow();
    assertTrue(line.isAbout("192.168.1.61"));
    assertFalse(line.isAbout("192.168.1.62"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh"})
  void keepsKeysThatMayLogIn(String shell) {
    Path home = host.write("home/x", "").getParent();
    String me = System.getProperty("user.name");
    host.program("getent", "echo '" + me + ":x:0:0:me:" + home + ":/bin/sh'").in(shell);
    Object[] arguments = {
      "user", me, "key", KEY + " me@here", "key_options", "no-pty,command=\"a b\""
    };
    host.onlyChecks(new AuthorizedKeyModule(), arguments);
    host.changed(new AuthorizedKeyModule(), arguments);
    host.unchanged(new AuthorizedKeyModule(), arguments);
    assertEquals(
        "no-pty,command=\"a b\" " + KEY + " me@here\n", host.text("home/.ssh/authorized_keys"));
    assertTrue(host.listing().stream().anyMatch(l -> l.endsWith("/.ssh rwx------")));
    host.changed(new AuthorizedKeyModule(), "user", me, "key", KEY + "\n" + OTHER + " two");
    host.changed(new AuthorizedKeyModule(), "user", me, "key", OTHER, "exclusive", true);
    assertEquals(OTHER + " two\n", host.text("home/.ssh/authorized_keys"));
    host.unchanged(new AuthorizedKeyModule(), "user", me, "key", KEY, "state", "absent");
    host.changed(new AuthorizedKeyModule(), "user", me, "key", OTHER, "state", "absent");
    assertEquals("", host.text("home/.ssh/authorized_keys"));
    assertTrue(host.refusal(new AuthorizedKeyModule(), "user", me, "key", "x").contains("invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh"})
  void mounts(String shell) {
    Path table = host.write("fstab", "# boot\n/dev/sda1 / ext4 defaults 0 1\n");
    Path place = host.path("a place");
    host.program("mount", "").program("umount", "").in(shell);
    Object[] arguments = {
      "path", place, "src", "server:/data", "fstype", "nfs", "state", "mounted", "fstab", table
    };
    host.onlyChecks(new MountModule(), arguments);
    host.changed(new MountModule(), arguments);
    assertEquals(List.of("mount -t nfs server:/data " + place), host.calls());
    String line = "server:/data " + place.toString().replace(" ", "\\040") + " nfs defaults 0 0\n";
    assertEquals("# boot\n/dev/sda1 / ext4 defaults 0 1\n" + line, host.text("fstab"));
    assertTrue(Files.isDirectory(place));
    arguments[7] = "present";
    host.unchanged(new MountModule(), arguments);
    host.changed(
        new MountModule(),
        "path",
        place,
        "src",
        "server:/data",
        "fstype",
        "nfs",
        "state",
        "present",
        "fstab",
        table,
        "boot",
        false);
    assertTrue(host.text("fstab").contains("defaults,noauto"));
    host.unchanged(new MountModule(), "path", place, "state", "unmounted", "fstab", table);
    host.changed(new MountModule(), "path", place, "state", "absent", "fstab", table);
    host.unchanged(new MountModule(), "path", place, "state", "absent", "fstab", table);
    assertEquals("# boot\n/dev/sda1 / ext4 defaults 0 1\n", host.text("fstab"));
    assertFalse(Files.exists(place));
  }

  @Test
  void leavesTheTableAloneWhenMountingFails() {
    Path table = host.write("fstab", "");
    host.program("mount", "echo no such server >&2; exit 32");
    List<String> before = host.listing();
    assertTrue(
        host.failure(
                new MountModule(),
                "path",
                host.path("new/place"),
                "src",
                "s:/",
                "fstype",
                "nfs",
                "state",
                "mounted",
                "fstab",
                table)
            .contains("no such server"));
    assertEquals("", host.text("fstab"));
    assertFalse(before.stream().anyMatch(l -> l.contains("place")));
    assertFalse(Files.exists(host.path("new/place")));
    assertTrue(host.refusal(new MountModule(), "path", "/x", "state", "mounted").contains("`src`"));
    assertTrue(
        host.failure(
                new MountModule(), "path", host.path("x"), "state", "remounted", "fstab", table)
            .contains("nothing is mounted"));
    host.unchanged(
        new MountModule(),
        "path",
        "/proc",
        "state",
        "mounted",
        "src",
        "p",
        "fstype",
        "p",
        "fstab",
        host.write("has", "p /proc p defaults 0 0\n"));
  }

  @Test
  void keepsJobs() {
    host.program(
        "crontab",
        "case $1 in -l) cat tab 2>/dev/null || { echo 'no crontab for me' >&2; exit 1; } ;;"
            + " -) cat >tab ;; esac");
    Object[] arguments = {"name", "clean", "job", "rm -rf /tmp/x", "hour", "3", "minute", "0"};
    host.onlyChecks(new CronModule(), arguments);
    assertEquals(List.of("clean"), host.changed(new CronModule(), arguments).get("jobs"));
    host.unchanged(new CronModule(), arguments);
    host.changed(new CronModule(), "name", "PATH", "job", "/bin", "env", true);
    host.changed(new CronModule(), "name", "A", "job", "b", "env", true, "insertafter", "PATH");
    host.changed(new CronModule(), "name", "clean", "job", "true", "special_time", "daily");
    host.changed(new CronModule(), "name", "off", "job", "true", "disabled", true);
    assertEquals(
        "PATH=\"/bin\"\nA=\"b\"\n#Ansible: clean\n@daily true\n#Ansible: off\n#* * * * * true\n",
        host.text("tab"));
    host.changed(new CronModule(), "name", "A", "state", "absent", "env", true);
    host.changed(new CronModule(), "name", "off", "state", "absent");
    host.unchanged(new CronModule(), "name", "off", "state", "absent");
    assertEquals("PATH=\"/bin\"\n#Ansible: clean\n@daily true\n", host.text("tab"));
    Path file = host.path("kk-jobs");
    host.changed(
        new CronModule(),
        "name",
        "a",
        "job",
        "true",
        "user",
        "root",
        "cron_file",
        file,
        "day",
        "1");
    assertEquals("#Ansible: a\n* * 1 * * root true\n", host.text("kk-jobs"));
    assertTrue(
        host.refusal(new CronModule(), "name", "a", "job", "b", "cron_file", "f")
            .contains("`user`"));
    assertTrue(
        host.failure(new CronModule(), "name", "B", "job", "b", "env", true, "insertafter", "NONE")
            .contains("NONE"));
  }

  @Test
  void setsTheKernel() {
    Path file = host.write("sysctl.conf", "# mine\nvm.a = 1\nnet/b=2  3\n");
    host.program("sysctl", "[ \"$1\" != -n ] || cat \"$2\" 2>/dev/null");
    Object[] arguments = {"name", "vm.a", "value", "5", "sysctl_file", file};
    host.onlyChecks(new SysctlModule(), arguments);
    host.changed(new SysctlModule(), arguments);
    host.unchanged(new SysctlModule(), arguments);
    assertEquals("# mine\nvm.a=5\nnet/b=2  3\n", host.text("sysctl.conf"));
    assertEquals(List.of("sysctl -q -p " + file), host.calls());
    host.unchanged(new SysctlModule(), "name", "net.b", "value", "2\t3", "sysctl_file", file);
    host.changed(
        new SysctlModule(), "name", "vm.a", "value", "5", "sysctl_file", file, "sysctl_set", true);
    assertEquals("sysctl -q -w vm.a=5", host.calls().getLast());
    host.write("vm.a", "5\n");
    host.unchanged(
        new SysctlModule(), "name", "vm.a", "value", "5", "sysctl_file", file, "sysctl_set", true);
    host.changed(
        new SysctlModule(),
        "name",
        "vm.a",
        "state",
        "absent",
        "sysctl_file",
        file,
        "reload",
        false);
    assertEquals("# mine\nnet/b=2  3\n", host.text("sysctl.conf"));
    assertTrue(host.refusal(new SysctlModule(), "name", "vm.a").contains("`value`"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh"})
  void assembles(String shell) {
    host.in(shell);
    host.write("parts/20", "two\n");
    host.write("parts/10 a", "one");
    host.write("parts/.30", "three");
    host.write("parts/below/40", "four");
    Object[] arguments = {"src", host.path("parts"), "dest", host.path("all"), "mode", "0600"};
    host.onlyChecks(new AssembleModule(), arguments);
    Map<String, Object> values = host.changed(new AssembleModule(), arguments);
    assertEquals("0600", values.get("mode"));
    host.unchanged(new AssembleModule(), arguments);
    assertEquals("three\none\ntwo\n", host.text("all"));
    host.changed(
        new AssembleModule(),
        "src",
        host.path("parts"),
        "dest",
        host.path("all"),
        "ignore_hidden",
        true,
        "delimiter",
        "--");
    assertEquals("one\n--\ntwo\n", host.text("all"));
    host.changed(
        new AssembleModule(),
        "src",
        host.path("parts"),
        "dest",
        host.path("all"),
        "regexp",
        "^2",
        "validate",
        "test -s %s");
    assertEquals("two\n", host.text("all"));
    host.write("files/here/1", "here");
    host.changed(
        new AssembleModule(), "src", "here", "dest", host.path("all"), "remote_src", false);
    assertEquals("here", host.text("all"));
    assertTrue(
        host.failure(new AssembleModule(), "src", "/nowhere", "dest", "/x").contains("not exist"));
  }
}
