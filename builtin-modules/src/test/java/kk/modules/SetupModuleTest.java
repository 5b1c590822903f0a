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
            @link lo 00:00:00:00:00:00 65536 unknown 1
            @link eth0.5 02:42:ac:11:00:02 1500 up 1
            @address 1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever
            @address 2: eth0.5    inet 10.1.2.3/20 brd 10.1.15.255 scope global eth0.5\\  valid_lft
            @address 2: eth0.5    inet 10.9.9.9/32 scope global secondary eth0.5\\  valid_lft forever
            @address 2: eth0.5    inet6 fd00::3/64 scope global \\  valid_lft forever
            @address 2: eth0.5    inet6 fe80::1/64 scope link \\  valid_lft forever
            @route4 default via 10.1.0.1 dev eth0.5 proto dhcp
            @route6 default via fe80::ff dev eth0.5
            """);
    assertEquals(List.of("lo", "eth0.5"), facts.get("interfaces"));
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
}
