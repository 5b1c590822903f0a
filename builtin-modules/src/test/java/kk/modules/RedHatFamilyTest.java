package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kk.spi.NewVariables;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Modules on hosts of the RHEL family: with the files that tell such a system and its package
/// manager's words, both as people have published them off such hosts, and SELinux switched on.
/// This machine's `/etc`, `/sys/fs` and package manager are covered in a namespace of their own,
/// which takes root.
class RedHatFamilyTest {
  private static final Path SYSTEMS = Path.of("src/test/resources/systems").toAbsolutePath();

  private final TestHost host;

  RedHatFamilyTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @BeforeEach
  void needsRoot() {
    if (!System.getProperty("user.name").equals("root")) {
      System.err.println("SKIPPED: tests of the RHEL family need root for a namespace");
      Assumptions.abort("needs root");
    }
  }

  private void on(String system) throws IOException {
    host.program("restorecon", "[ \"$2\" != -f ] || cat \"$3\" >>" + host.path("labelled"));
    host.program("dnf", Files.readString(SYSTEMS.resolve("dnf")));
    host.program("rpm", Files.readString(SYSTEMS.resolve("dnf")));
    host.environment.put("rpms", host.write("rpms", "curl-7.76.1-29.el9.x86_64\n").toString());
    String cover =
        """
        mount -t tmpfs none /mnt && mkdir -p /mnt/selinux
        cp -a /etc/passwd /etc/group /etc/alternatives %s/* /mnt
        printf 'SELINUX=enforcing\nSELINUXTYPE=targeted\n' >/mnt/selinux/config
        [ ! -e /usr/bin/apt-get ] || mount --bind /dev/null /usr/bin/apt-get
        mount --bind /mnt /etc && mount -t tmpfs none /sys/fs && mkdir /sys/fs/selinux
        echo 1 >/sys/fs/selinux/enforce
        exec /bin/sh "$0"
        """
            .formatted(SYSTEMS.resolve(system));
    host.shell = List.of("/usr/bin/unshare", "-m", "/bin/sh", "-c", cover);
  }

  private List<String> asked(String program) {
    return host.calls().stream().filter(call -> call.startsWith(program + " ")).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "rocky-9, Rocky, 9.4, 9",
    "almalinux-8, AlmaLinux, 8.10, 8",
    "centos-7, CentOS, 7.9, 7",
    "centos-stream-9, CentOS, 9, 9",
    "openeuler-22.03, openEuler, 22.03, 22",
    "kylin-v10, Kylin Linux Advanced Server, V10, V10"
  })
  void tellsWhichSystemItIs(String system, String distribution, String version, String major)
      throws IOException {
    on(system);

    NewVariables facts = host.run(new SetupModule()).details().variables().orElseThrow();

    Map<String, Object> values = facts.values();
    assertEquals(distribution, values.get("ansible_distribution"));
    assertEquals(version, values.get("ansible_distribution_version"));
    assertEquals(major, values.get("ansible_distribution_major_version"));
    assertEquals("RedHat", values.get("ansible_os_family"));
    assertEquals("dnf", values.get("ansible_pkg_mgr"));
    assertEquals(
        Map.of(
            "status", "enabled",
            "mode", "enforcing",
            "type", "targeted",
            "config_mode", "enforcing"),
        values.get("ansible_selinux"));
  }

  @Test
  void installsAndRemovesPackages() throws IOException {
    on("rocky-9");
    Object[] both = {"name", List.of("curl", "nfs-utils")};

    host.onlyChecks(new PackageModule(), both);
    assertEquals(List.of("nfs-utils"), host.changed(new PackageModule(), both).get("packages"));
    host.unchanged(new PackageModule(), both);
    assertEquals(
        List.of(
            "dnf --assumeno --setopt=exit_on_lock=1 install nfs-utils",
            "dnf -y --setopt=exit_on_lock=1 install nfs-utils"),
        asked("dnf"));

    host.changed(new DnfModule(), "name", "nfs-utils", "state", "absent");
    host.unchanged(new DnfModule(), "name", "nfs-utils", "state", "absent");
    host.changed(new DnfModule(), "name", "curl", "state", "latest");
    assertTrue(
        host.failure(new PackageModule(), "name", "missing")
            .contains("Unable to find a match: missing"));
  }

  @Test
  void whatIsPutThereGetsTheLabelOfItsPlace() throws Exception {
    on("rocky-9");
    Path target = Files.createDirectory(host.path("target"));
    host.write("docker/dockerd", "engine");
    host.write("docker/lib/part", "part");
    Process tar =
        new ProcessBuilder("tar", "-czf", "docker.tgz", "docker")
            .directory(host.directory.toFile())
            .start();
    assertEquals(0, tar.waitFor());

    host.changed(
        new UnarchiveModule(),
        "src",
        host.path("docker.tgz"),
        "dest",
        target,
        "extra_opts",
        List.of("--strip-components=1"));
    host.changed(new CopyModule(), "content", "unit", "dest", target.resolve("unit"));
    host.changed(new FileModule(), "path", target.resolve("data"), "state", "directory");

    List<String> labelled = asked("restorecon");
    assertTrue(labelled.getFirst().startsWith("restorecon -F -f "), labelled.toString());
    assertEquals(
        List.of("restorecon -F " + target + "/unit", "restorecon -F " + target + "/data"),
        labelled.subList(1, labelled.size()));
    assertEquals(
        List.of(target + "/dockerd", target + "/lib", target + "/lib/part"),
        host.lines("labelled").stream().sorted().toList());
  }

  @Test
  void partsOfALabelAreSetWhereTheyDiffer() throws IOException {
    on("rocky-9");
    Path label = host.write("label", "system_u:object_r:etc_t:s0");
    host.program("stat", "[ \"$2\" = %C ] && exec cat " + label + "; exec /usr/bin/stat \"$@\"");
    host.program("matchpathcon", "echo system_u:object_r:usr_t:s0:c1,c2");
    host.program("chcon", "printf system_u:object_r:usr_t:s0:c1,c2 >" + label);
    Object[] arguments = {
      "content", "x", "dest", host.path("file"), "setype", "_default", "selevel", "s0:c1,c2"
    };

    host.changed(new CopyModule(), arguments);
    host.unchanged(new CopyModule(), arguments);
    Map<String, Object> told = host.unchanged(new FileModule(), "path", host.path("file"));

    assertEquals(List.of("chcon -h -t usr_t -l s0:c1,c2 " + host.path("file")), asked("chcon"));
    assertEquals(List.of("system_u", "object_r", "usr_t", "s0:c1,c2"), told.get("secontext"));
    host.onlyChecks(new FileModule(), "path", host.path("file"), "seuser", "staff_u");
  }
}
