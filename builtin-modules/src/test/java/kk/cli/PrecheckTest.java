package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every check of `kk precheck image_registry` against a host on which it, and it alone, does not
/// pass. What the host says is made up here; the lab's tests measure hosts that are really wrong.
class PrecheckTest {
  /// A host that is fit, in the words of the probe.
  private static final List<String> FIT =
      List.of(
          "clock 0",
          "localhost known",
          "localhost4 known",
          "folder_on ext2/ext3",
          "free 500",
          "docker_free 100",
          "inodes 9000000",
          "cgroup v2",
          "virtual_network eth0");

  private static final Pattern ROW = Pattern.compile("(?m)^ +(fail|warn|ok) +([a-z-]+) .*");
  private static final String VIRTUAL = "image_registry.ha_vip=10.0.0.9";
  private static final String HARBOR = "image_registry.harbor.";
  private static final String STORAGE = "image_registry.docker_registry.storage.";

  /// A flaw of one kind.
  ///
  /// @param probed what the probe says besides
  /// @param variables what the host's facts say, as YAML
  /// @param settings as for `--set`
  private record Flaw(
      String result, String id, List<String> probed, String variables, String settings) {
    @Override
    public String toString() {
      return id;
    }
  }

  private static Flaw probed(String result, String id, String... lines) {
    return new Flaw(result, id, List.of(lines), "", "");
  }

  private static Flaw behindAddress(String id, String... lines) {
    return new Flaw(
        "fail",
        id,
        List.of(lines),
        "",
        VIRTUAL + "," + STORAGE + "s3.region=r," + STORAGE + "s3.bucket=b");
  }

  private static Flaw ofHarbor(String result, String id, String settings, String... lines) {
    return new Flaw(
        result,
        id,
        List.of(lines),
        "",
        "image_registry.type=harbor" + (settings.isEmpty() ? "" : "," + settings));
  }

  private static Flaw fact(String result, String id, String variables) {
    return new Flaw(result, id, List.of(), variables, "");
  }

  private static Flaw setting(String result, String id, String settings) {
    return new Flaw(result, id, List.of(), "", settings);
  }

  static Stream<Flaw> flaws() {
    return Stream.of(
        fact("fail", "architecture", "{ansible_architecture: riscv64}"),
        fact("fail", "operating-system", "{ansible_os_family: Archlinux}"),
        new Flaw("fail", "host-name", List.of(), "", ""),
        fact("fail", "memory", "{ansible_memtotal_mb: 900}"),
        fact("warn", "memory", "{ansible_memtotal_mb: 7000}"),
        fact("warn", "processors", "{ansible_processor_vcpus: 1}"),
        fact("warn", "processors", "{ansible_processor_vcpus: 3, is_control_plane: true}"),
        probed("warn", "clock", "clock 9"),
        probed("fail", "clock", "clock -99"),
        probed("fail", "localhost", "-localhost known"),
        probed("fail", "connections", "blocked node2 port 443: no answer"),
        fact("fail", "systemd", "{ansible_service_mgr: openrc}"),
        fact("fail", "kernel", "{ansible_kernel: 2.6.32-754.el6}"),
        probed("fail", "kernel", "kernel_without overlay"),
        probed("fail", "control-groups", "cgroup none"),
        probed("fail", "tools", "missing tar"),
        probed("warn", "disk", "free 99"),
        probed("fail", "disk", "free 4"),
        probed("warn", "inodes", "inodes 50000"),
        probed("fail", "inodes", "inodes 99"),
        probed("warn", "docker-disk", "docker_free 5"),
        probed("fail", "docker-disk", "docker_free 1"),
        probed("fail", "docker-file-system", "xfs ftype=0"),
        probed("fail", "docker", "docker 19.03.15", "packaged dockerd"),
        probed("fail", "podman", "podman yes"),
        probed("fail", "containerd", "packaged containerd"),
        probed("fail", "container-names", "container docker-registry"),
        probed("warn", "docker-network", "overlap 172.16.0.0/12"),
        new Flaw(
            "warn",
            "selinux",
            List.of("docker_selinux yes"),
            "{ansible_selinux: {mode: enforcing}}",
            ""),
        probed("fail", "port", "port 443"),
        new Flaw(
            "warn",
            "name",
            List.of("entry 10.0.0.77"),
            "",
            "image_registry.auth.registry=registry.example.com"),
        new Flaw(
            "fail",
            "storage-endpoint",
            List.of("endpoint away"),
            "",
            STORAGE + "s3.bucket=b," + STORAGE + "s3.regionendpoint=http://10.0.0.8"),
        probed("fail", "firewall", "firewall rules", "closed 443/tcp"),
        behindAddress("virtual-address-network", "-virtual_network eth0", "networks 10.1.0.4/24"),
        behindAddress("virtual-address-free", "virtual_answered 02:00:00:00:00:01"),
        behindAddress("vrrp", "closed vrrp"),
        probed("fail", "registry-type", "installed harbor"),
        setting(
            "fail",
            "storage",
            STORAGE + "s3.region=r," + STORAGE + "s3.bucket=b," + STORAGE + "gcs.bucket=b"),
        setting("fail", "storage-keys", STORAGE + "azure.container=c"),
        setting("fail", "storage-file", STORAGE + "gcs.bucket=b," + STORAGE + "gcs.keyfile=/no"),
        setting("fail", "nfs-server", STORAGE + "filesystem.nfs_mount=/export"),
        setting("fail", "separate-disks", VIRTUAL),
        setting("fail", "virtual-address", VIRTUAL + "/24," + STORAGE + "gcs.bucket=b"),
        new Flaw("warn", "virtual-address-hosts", List.of(), "", VIRTUAL),
        setting("warn", "encryption", "image_registry.tls.enabled=false"),
        setting("fail", "own-certificate", "image_registry.tls.cert=/no/such"),
        setting("warn", "passwords", "image_registry.auth.password=Harbor12345"),
        setting("warn", "passwords", "image_registry.auth.users.ci=short"),
        setting("fail", "artifacts", "artifact.artifact_file=,artifact.fetch=false"),
        ofHarbor("fail", "registry-type", "", "installed docker-registry"),
        ofHarbor("fail", "container-names", "", "container nginx"),
        ofHarbor("fail", "harbor-version", "", "installed harbor", "harbor v2.9.0"),
        ofHarbor("fail", "harbor-user", "image_registry.auth.username=root"),
        ofHarbor("fail", "harbor-user", "image_registry.auth.users.ci=LongEnough1"),
        ofHarbor("fail", "harbor-password", "image_registry.auth.password=onlysmallletters"),
        ofHarbor("fail", "harbor-folders", HARBOR + "data_dir=/srv/my dir"),
        ofHarbor("warn", "harbor-disk", "", "-folder_on ext2/ext3", "folder_on nfs"),
        ofHarbor("fail", "harbor-localhost", "", "-localhost4 known"),
        ofHarbor("fail", "harbor-shell", "", "lacks bash"),
        ofHarbor(
            "fail",
            "harbor-storage",
            HARBOR + "storage_service.s3.bucket=b," + HARBOR + "storage_service.gcs.bucket=b"),
        ofHarbor("fail", "harbor-services", HARBOR + "external_database.host=db.example.com"),
        ofHarbor(
            "fail", "harbor-trivy", HARBOR + "trivy.enabled=true," + HARBOR + "trivy.database=/no"),
        ofHarbor("warn", "harbor-hosts", VIRTUAL),
        fact("fail", "images", "{precheck_images: {results: [{msg: made for arm64}]}}"),
        fact(
            "fail",
            "digests",
            "{digests_pinned: [{path: /x, sha256: aa}], precheck_digests: {results: [{stat:"
                + " {checksum: bb}}]}}"));
  }

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  @ParameterizedTest
  @MethodSource("flaws")
  void aFlawIsToldByItsCheckAlone(Flaw flaw) throws IOException {
    CommandRun run = judge(flaw);

    assertEquals(Set.of(flaw.result() + " " + flaw.id()), told(run, "fail|warn"), run.output());
    assertEquals(flaw.result().equals("fail") ? 2 : 0, run.exit());
    assertTrue(run.output().matches("(?s).*wanted: \\S.*; \\S.*"), run.output());
  }

  @Test
  void noCheckIsLeftOut() throws IOException {
    CommandRun run = judge(behindAddress("none"));
    CommandRun harbor = judge(ofHarbor("ok", "none", ""));

    assertEquals("0 0", run.exit() + " " + harbor.exit(), run.output() + harbor.output());
    Set<String> checked = told(run, "ok");
    checked.addAll(told(harbor, "ok"));
    Set<String> flawed =
        flaws().map(flaw -> "ok " + flaw.id()).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(flawed, checked, run.output());
  }

  @Test
  void aSingleHostIsToldOfWhatConcernsIt() throws IOException {
    Flaw alone = new Flaw("ok", "virtual-address-hosts", List.of(), "", "");

    CommandRun run = judge(alone);

    assertEquals(0, run.exit(), run.output());
    assertTrue(run.output().matches("(?s).* passwords +localhost +1 user\\n.*"), run.output());
    assertTrue(run.output().contains("no other host to reach"), run.output());
    assertEquals(
        Set.of(),
        told(run, "ok").stream()
            .filter(row -> row.matches("ok (virtual-.*|separate-disks|vrrp)"))
            .collect(Collectors.toSet()));
  }

  @Test
  void twentyHostsAreAskedTwiceEach() throws IOException {
    StringBuilder hosts = new StringBuilder("image_registry:\n  hosts:\n");
    List<Path> traffic = IntStream.range(0, 20).mapToObj(n -> tmp.resolve("traffic" + n)).toList();
    for (Path each : traffic) {
      Files.writeString(each, "0 0 0");
      hosts
          .append("    host%s: {ansible_connection: counted, ".formatted(traffic.indexOf(each)))
          .append("ansible_host: %s, internal_ipv4: 127.0.0.1}\n".formatted(each));
    }
    Path inventory = tmp.resolve("inventory.yaml");
    Files.writeString(inventory, hosts.toString());

    CommandRun run =
        CommandRun.of(
            "precheck",
            "image_registry",
            "-i",
            inventory.toString(),
            "--workdir",
            tmp.toString(),
            "--set",
            "artifact.artifact_file=bundle.tgz,image_registry.type=docker-registry");

    assertTrue(
        run.output().matches("(?s).*ok +connections +all 20 hosts +19 ways open.*"), run.output());
    for (Path each : traffic) {
      assertEquals("2", Files.readString(each).split(" ", -1)[0], run.output());
    }
  }

  private static Set<String> told(CommandRun run, String results) {
    Set<String> told = new TreeSet<>();
    Matcher row = ROW.matcher(run.output());
    while (row.find()) {
      if (row.group(1).matches(results)) {
        told.add(row.group(1) + " " + row.group(2));
      }
    }
    return told;
  }

  private CommandRun judge(Flaw flaw) throws IOException {
    List<String> lines =
        Stream.concat(flaw.probed().stream(), FIT.stream())
            .filter(line -> !line.startsWith("-") && !flaw.probed().contains("-" + line))
            .toList();
    Path playbook = tmp.resolve("playbook.yaml");
    Files.writeString(
        playbook,
        """
        - hosts: image_registry
          connection: local
          gather_facts: false
          roles: [defaults]
          vars:
            precheck_tells_all: true
            precheck_probe: {stdout_lines: [%s]}
            ansible_architecture: x86_64
            ansible_os_family: Debian
            ansible_distribution: Debian
            ansible_distribution_version: "12"
            ansible_memtotal_mb: 16000
            ansible_processor_vcpus: 8
            ansible_service_mgr: systemd
            ansible_kernel: 6.1.0
          tasks:
            - ansible.builtin.include_role: {name: precheck, tasks_from: judge}
              vars: %s
        """
            .formatted(
                "'" + String.join("', '", lines) + "'",
                flaw.variables().isEmpty() ? "{}" : flaw.variables()));
    Path inventory = tmp.resolve("inventory.yaml");
    String host = flaw.id().equals("host-name") ? "my_host" : "localhost";
    String other =
        switch (flaw.id()) {
          case "virtual-address-hosts" -> "";
          case "harbor-hosts" -> ", b: , c: , d: ";
          default -> ", other: {internal_ipv4: 10.0.0.2}";
        };
    Files.writeString(
        inventory,
        "image_registry: {hosts: {" + host + ": {internal_ipv4: 10.0.0.1}" + other + "}}\n");
    return CommandRun.of(
        "run",
        playbook.toString(),
        "-i",
        inventory.toString(),
        "--limit",
        host,
        "--workdir",
        tmp.toString(),
        "--set",
        "artifact.artifact_file=bundle.tgz,image_registry.type=docker-registry"
            + (flaw.settings().isEmpty() ? "" : "," + flaw.settings()));
  }
}
