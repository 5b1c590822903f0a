package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kk.spi.Alias;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Gathers facts about the host by one script in one round trip. What a host lacks the tools for is
/// left out.
@Doc("gathers facts about the host")
public final class SetupModule implements Module<SetupModule.Args> {
  private static final String PREFIX = "ansible_";

  /// Parts of facts by Ansible's names.
  private static final List<String> SUBSETS =
      List.of(
          ("all all_ipv4_addresses all_ipv6_addresses apparmor architecture caps chroot cmdline"
                  + " date_time default_ipv4 default_ipv6 devices distribution"
                  + " distribution_major_version distribution_release distribution_version dns"
                  + " effective_group_ids effective_user_id env facter fibre_channel_wwn fips"
                  + " hardware interfaces is_chroot iscsi kernel kernel_version loadavg local lsb"
                  + " machine machine_id min mounts network nvme ohai os_family pkg_mgr platform"
                  + " processor processor_cores processor_count python python_version real_user_id"
                  + " selinux service_mgr ssh_host_key_dsa_public ssh_host_key_ecdsa_public"
                  + " ssh_host_key_ed25519_public ssh_host_key_rsa_public ssh_host_pub_keys"
                  + " ssh_pub_keys system system_capabilities system_capabilities_enforced systemd"
                  + " user user_dir user_gecos user_gid user_id user_shell user_uid virtual"
                  + " virtualization_role virtualization_tech_guest virtualization_tech_host"
                  + " virtualization_type")
              .split(" "));

  /// What `setup` takes.
  public record Args(
      @Doc("only facts whose names match one of these wildcards") @Alias("filters")
          Optional<List<String>> filter,
      @Doc("accepted for Ansible's sake; all facts together take one round trip") @Default("all")
          List<String> gatherSubset,
      @Doc("accepted for Ansible's sake") @Default("10") int gatherTimeout,
      @Doc("directory on the host with facts of its own, `/etc/ansible/facts.d` by default")
          Optional<String> factPath,
      @Doc("accepted for KubeKey's sake; facts are always gathered anew") @Default("true")
          boolean force) {}

  @Override
  public String name() {
    return "setup";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    for (String subsets : args.gatherSubset()) {
      for (String subset : subsets.split(",", -1)) {
        check(subset.strip());
      }
    }
    CommandResult result =
        host.look(
            new Script()
                .set("fact_path", args.factPath())
                .add("facts")
                .add("facts.hardware")
                .add("facts.network")
                .add("facts.local")
                .command());
    if (!result.succeeded()) {
      throw new TaskFailed("gathering facts failed: " + result.stderr().strip());
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    Facts.of(result.stdout()).forEach((name, value) -> facts.put(PREFIX + name, value));
    facts.put(PREFIX + "local", LocalFacts.of(result.stdout(), host));
    facts.put("gather_subset", args.gatherSubset());
    facts.put("module_setup", true);
    args.filter().ifPresent(filters -> facts.keySet().removeIf(name -> !matches(name, filters)));
    return new Outcome.Unchanged(
        Details.of("ansible_facts", facts).with(new NewVariables(NewVariables.Level.FACTS, facts)));
  }

  private static void check(String subset) {
    String name = subset.startsWith("!") ? subset.substring(1) : subset;
    if (!SUBSETS.contains(name)) {
      throw new TaskFailed(
          "Bad subset '"
              + subset
              + "': gather_subset takes "
              + String.join(", ", SUBSETS)
              + ", with `!` before what is not wanted");
    }
  }

  private static boolean matches(String name, List<String> wildcards) {
    return wildcards.stream()
        .map(wildcard -> wildcard.startsWith(PREFIX) ? wildcard : PREFIX + wildcard)
        .anyMatch(
            wildcard ->
                Pattern.matches(
                    "\\Q" + wildcard.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E",
                    name));
  }
}
