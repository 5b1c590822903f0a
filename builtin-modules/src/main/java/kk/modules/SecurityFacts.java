package kk.modules;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What guards a host, and what it runs in, from what `facts.sh` printed.
final class SecurityFacts {
  /// Names of `systemd-detect-virt` that Ansible has others for.
  private static final Map<String, String> VIRTUAL =
      Map.of(
          "oracle", "virtualbox",
          "vmware", "VMware",
          "microsoft", "VirtualPC",
          "amazon", "kvm",
          "qemu", "kvm",
          "lxc-libvirt", "lxc");

  private static final List<String> CONTAINERS =
      List.of("docker", "podman", "lxc", "containerd", "openvz", "systemd-nspawn");

  private SecurityFacts() {}

  static Map<String, Object> of(Answer answer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("selinux", selinux(answer));
    boolean apparmor = answer.find("apparmor").isPresent();
    facts.put("apparmor", Map.of("status", apparmor ? "enabled" : "disabled"));
    facts.put("fips", answer.text("fips").equals("1"));
    capabilities(answer, facts);
    for (String kind : new String[] {"dsa", "ecdsa", "ed25519", "rsa"}) {
      String[] key = answer.text("ssh_host_key_" + kind).split(" ", -1);
      if (key.length > 1) {
        facts.put("ssh_host_key_" + kind + "_public", key[1]);
        facts.put("ssh_host_key_" + kind + "_public_keytype", key[0]);
      }
    }
    answer.find("is_chroot").ifPresent(_ -> facts.put("is_chroot", answer.yes("is_chroot")));
    virtualization(answer, facts);
    answer.number("cgroup_version").ifPresent(version -> facts.put("cgroup_version", version));
    return facts;
  }

  private static Map<String, Object> selinux(Answer answer) {
    Map<String, Object> selinux = new LinkedHashMap<>();
    String enforce = answer.text("selinux_enforce");
    selinux.put("status", enforce.isEmpty() ? "disabled" : "enabled");
    if (!enforce.isEmpty()) {
      selinux.put("mode", enforce.equals("1") ? "enforcing" : "permissive");
      answer.find("selinux_type").ifPresent(type -> selinux.put("type", type));
      answer.find("selinux_config").ifPresent(mode -> selinux.put("config_mode", mode));
    }
    return selinux;
  }

  /// What the login may do of what only root may: everything, `=ep`, or a list.
  private static void capabilities(Answer answer, Map<String, Object> facts) {
    String now = answer.text("capabilities");
    if (now.isEmpty()) {
      facts.put("system_capabilities", "N/A");
      facts.put("system_capabilities_enforced", "N/A");
      return;
    }
    boolean enforced = !now.equals("=ep");
    String listed = now.substring(now.indexOf('=') + 1);
    facts.put(
        "system_capabilities",
        enforced ? Arrays.stream(listed.split(",", -1)).map(String::strip).toList() : List.of());
    facts.put("system_capabilities_enforced", enforced ? "True" : "False");
  }

  private static void virtualization(Answer answer, Map<String, Object> facts) {
    String detected = answer.text("virtualization");
    boolean guest = !detected.isEmpty() && !detected.equals("none");
    boolean host = answer.yes("kvm_host");
    String type = VIRTUAL.getOrDefault(detected, detected);
    facts.put("virtualization_type", guest ? type : host ? "kvm" : "NA");
    facts.put("virtualization_role", guest ? "guest" : host ? "host" : "NA");
    facts.put(
        "virtualization_tech_guest",
        !guest
            ? List.of()
            : CONTAINERS.contains(type) ? List.of(type, "container") : List.of(type));
    facts.put("virtualization_tech_host", host ? List.of("kvm") : List.of());
  }
}
