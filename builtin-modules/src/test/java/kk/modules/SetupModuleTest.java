package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupModuleTest {
  private final TestHost host;

  SetupModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void gathersFacts(String shell) {
    host.in(shell);
    host.environment.put("KK_TEST", "a=b");

    Outcome outcome = host.run(new SetupModule());

    NewVariables facts = outcome.details().variables().orElseThrow();
    assertEquals(NewVariables.Level.FACTS, facts.level());
    Map<String, Object> values = facts.values();
    assertEquals("Linux", values.get("ansible_system"));
    assertEquals(System.getProperty("os.version"), values.get("ansible_kernel"));
    assertEquals(System.getProperty("user.name"), values.get("ansible_user_id"));
    assertTrue((Long) TestHost.at(values, "ansible_memtotal_mb") > 100);
    assertTrue((Long) TestHost.at(values, "ansible_processor_vcpus") > 0);
    assertEquals("a=b", TestHost.at(values, "ansible_env", "KK_TEST"));
    assertInstanceOf(String.class, TestHost.at(values, "ansible_date_time", "epoch"));
    List<?> mounts = (List<?>) TestHost.at(values, "ansible_mounts");
    assertTrue(
        mounts.stream().anyMatch(m -> (Long) TestHost.at((Map<?, ?>) m, "size_total") > 1000),
        mounts.toString());
    assertEquals(1, host.roundTrips);
  }

  @Test
  void keepsWhatTheFilterNames() {
    Map<String, Object> values = host.unchanged(new SetupModule(), "filter", "ansible_dist*");
    Map<?, ?> facts = (Map<?, ?>) TestHost.at(values, "ansible_facts");
    assertTrue(facts.keySet().contains("ansible_distribution"));
    assertTrue(
        facts.keySet().stream().allMatch(name -> name.toString().startsWith("ansible_dist")));
  }

  @Test
  void needsNoTools() {
    host.environment.put("PATH", "/nowhere");
    host.shell = List.of("/usr/bin/busybox", "sh");
    Map<String, Object> values = host.unchanged(new SetupModule());
    assertInstanceOf(Map.class, values.get("ansible_facts"));
  }

  @Test
  void namesDistributionsAsAnsibleDoes() {
    Map<String, Object> debian =
        Facts.of("os_id=debian\nos_version=12\ndebian_version=12.5\nos_codename=bookworm\n");
    assertEquals("Debian", debian.get("distribution"));
    assertEquals("12.5", debian.get("distribution_version"));
    assertEquals("12", debian.get("distribution_major_version"));
    assertEquals("Debian", debian.get("os_family"));
    Map<String, Object> rocky =
        Facts.of("os_id=rocky\nos_like=rhel centos fedora\nos_version=9.3\n");
    assertEquals("Rocky", rocky.get("distribution"));
    assertEquals("9", rocky.get("distribution_major_version"));
    assertEquals("RedHat", rocky.get("os_family"));
    Map<String, Object> unknown = Facts.of("os_id=kkos\nos_like=suse\n");
    assertEquals("Suse", unknown.get("os_family"));
  }

  @Test
  void understandsTheNetwork() {
    Map<String, Object> facts =
        Facts.of(
            """
            @interface lo address 00:00:00:00:00:00
            @interface lo operstate unknown
            @interface lo type 772
            @interface eth0.5 address 02:42:ac:11:00:02
            @interface eth0.5 mtu 1500
            @interface eth0.5 operstate up
            @interface eth0.5 type 1
            @interface eth0.5 flags 0x1103
            @interface br0 type 1
            @interface br0 bridge/bridge_id 8000.0242d46e1db3
            @interface br0 bridge/stp_state 0
            @interface br0 port eth0
            @interface br0 port eth1
            @interface bond0 bonding/mode active-backup 1
            @interface bond0 bonding/slaves eth2 eth3
            @dns nameserver 10.0.0.53
            @dns nameserver 10.0.0.54
            @dns search example.org example.net
            @dns options edns0 timeout:2
            @address 1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever
            @address 2: eth0.5    inet 10.1.2.3/20 brd 10.1.15.255 scope global eth0.5\\  valid_lft
            @address 2: eth0.5    inet 10.9.9.9/32 scope global secondary eth0.5\\  valid_lft forever
            @address 2: eth0.5    inet6 fd00::3/64 scope global \\  valid_lft forever
            @address 2: eth0.5    inet6 fe80::1/64 scope link \\  valid_lft forever
            @route4 default via 10.1.0.1 dev eth0.5 proto dhcp
            @route6 default via fe80::ff dev eth0.5
            """);
    assertEquals(List.of("lo", "eth0.5", "br0", "bond0"), facts.get("interfaces"));
    assertEquals(
        Map.of(
            "device",
            "lo",
            "type",
            "loopback",
            "active",
            true,
            "ipv4",
            TestHost.at(facts, "lo", "ipv4")),
        facts.get("lo"));
    assertEquals(true, TestHost.at(facts, "eth0_5", "promisc"));
    assertEquals(
        Map.of(
            "device", "br0",
            "type", "bridge",
            "id", "8000.0242d46e1db3",
            "stp", false,
            "interfaces", List.of("eth0", "eth1")),
        facts.get("br0"));
    assertEquals(List.of("eth2", "eth3"), TestHost.at(facts, "bond0", "slaves"));
    assertEquals("active-backup", TestHost.at(facts, "bond0", "mode"));
    assertEquals(
        Map.of(
            "nameservers", List.of("10.0.0.53", "10.0.0.54"),
            "search", List.of("example.org", "example.net"),
            "options", Map.of("edns0", true, "timeout", "2")),
        facts.get("dns"));
    assertEquals(List.of("10.1.2.3", "10.9.9.9"), facts.get("all_ipv4_addresses"));
    assertEquals(List.of("fd00::3", "fe80::1"), facts.get("all_ipv6_addresses"));
    Map<?, ?> standard = (Map<?, ?>) TestHost.at(facts, "default_ipv4");
    assertEquals("10.1.2.3", standard.get("address"));
    assertEquals("255.255.240.0", standard.get("netmask"));
    assertEquals("10.1.0.0", standard.get("network"));
    assertEquals("10.1.0.1", standard.get("gateway"));
    assertEquals("eth0.5", standard.get("interface"));
    assertEquals("fd00::3", TestHost.at(facts, "default_ipv6", "address"));
    assertEquals("10.1.2.3", TestHost.at(facts, "eth0_5", "ipv4", "address"));
    assertEquals(Set.of(true), Set.of(TestHost.at(facts, "eth0_5", "active")));
  }

  @Test
  void understandsTheHardware() {
    Map<String, Object> facts =
        Facts.of(
            """
            machine=x86_64
            userspace_bits=64
            form_factor=23
            product_name=PowerEdge R650
            @cpu processor=0
            @cpu vendor_id=GenuineIntel
            @cpu model name=Xeon
            @cpu physical id=0
            @cpu siblings=4
            @cpu cpu cores=2
            @cpu processor=1
            @cpu vendor_id=GenuineIntel
            @cpu model name=Xeon
            @cpu physical id=1
            @cpu siblings=4
            @cpu cpu cores=2
            @memory MemTotal 2097152
            @memory MemFree 1048576
            @memory Cached 524288
            @memory SwapTotal 1024
            """);

    assertEquals("Rack Mount Chassis", facts.get("form_factor"));
    assertEquals("PowerEdge R650", facts.get("product_name"));
    assertEquals("NA", facts.get("bios_date"));
    assertEquals(
        List.of("0", "GenuineIntel", "Xeon", "1", "GenuineIntel", "Xeon"), facts.get("processor"));
    assertEquals(2L, facts.get("processor_count"));
    assertEquals(2L, facts.get("processor_cores"));
    assertEquals(2L, facts.get("processor_threads_per_core"));
    assertEquals(Map.of("free", 1536L, "used", 512L), TestHost.at(facts, "memory_mb", "nocache"));
  }

  @Test
  void understandsDisks() {
    Map<String, Object> facts =
        Facts.of(
            """
            @disk sda - is 1
            @disk sda - vendor DELL    \s
            @disk sda - size 41943040
            @disk sda - logical_block_size 512
            @disk sda - scheduler none [mq-deadline] bfq
            @disk sda - discard_granularity 4096
            @disk sda sda1 start 2048
            @disk sda sda1 size 2097152
            @disk sda sda2 size 39843840
            @disk sda sda2 holder vg-root
            @link /dev/disk/by-uuid:
            @link total 0
            @link lrwxrwxrwx 1 root root 10 Nov 30 00:00 6f1c-22 -> ../../sda1
            @lvm vgs,vg,1,2,0,wz--n-,19.00,4.00
            @lvm lvs,root,vg,-wi-ao----,15.00,,,
            @lvm pvs,/dev/sda2,vg,lvm2,a--,19.00,4.00
            @mount /dev/sda1\t/boot\text4\trw\t4096 100 40 50 20
            """
                .replace("\\t", "\t"));

    assertEquals("DELL", TestHost.at(facts, "devices", "sda", "vendor"));
    assertEquals("20.00 GB", TestHost.at(facts, "devices", "sda", "size"));
    assertEquals("mq-deadline", TestHost.at(facts, "devices", "sda", "scheduler_mode"));
    assertEquals("4096", TestHost.at(facts, "devices", "sda", "support_discard"));
    assertEquals("1.00 GB", TestHost.at(facts, "devices", "sda", "partitions", "sda1", "size"));
    assertEquals("6f1c-22", TestHost.at(facts, "devices", "sda", "partitions", "sda1", "uuid"));
    assertEquals(
        List.of("vg-root"), TestHost.at(facts, "devices", "sda", "partitions", "sda2", "holders"));
    assertEquals(Map.of("size_g", "15.00", "vg", "vg"), TestHost.at(facts, "lvm", "lvs", "root"));
    assertEquals(
        Map.of("size_g", "19.00", "free_g", "4.00", "num_lvs", "2", "num_pvs", "1"),
        TestHost.at(facts, "lvm", "vgs", "vg"));
    Map<?, ?> boot = (Map<?, ?>) ((List<?>) TestHost.at(facts, "mounts")).getFirst();
    assertEquals("6f1c-22", boot.get("uuid"));
    assertEquals(60L, boot.get("block_used"));
    assertEquals(30L, boot.get("inode_used"));
  }

  @Test
  void understandsWhatGuardsAHost() {
    Map<String, Object> facts =
        Facts.of(
            """
            virtualization=docker
            kvm_host=yes
            capabilities=ep cap_sys_resource-ep
            fips=1
            is_chroot=no
            ssh_host_key_rsa=ssh-rsa AAAAB3 root@host
            """);

    assertEquals("docker", facts.get("virtualization_type"));
    assertEquals("guest", facts.get("virtualization_role"));
    assertEquals(List.of("docker", "container"), facts.get("virtualization_tech_guest"));
    assertEquals(List.of("kvm"), facts.get("virtualization_tech_host"));
    assertEquals("AAAAB3", facts.get("ssh_host_key_rsa_public"));
    assertEquals(true, facts.get("fips"));
    assertEquals(false, facts.get("is_chroot"));
    assertEquals("kvm", Facts.of("virtualization=none\nkvm_host=yes\n").get("virtualization_type"));
    assertEquals(List.of(), Facts.of("capabilities==ep\n").get("system_capabilities"));
  }
}
