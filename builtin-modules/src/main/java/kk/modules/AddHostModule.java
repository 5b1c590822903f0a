package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.OtherArguments;
import kk.spi.Outcome;
import kk.spi.RunChange;

/// Adds a host to the inventory of the run.
@Doc("adds a host to the inventory for the rest of the run")
public final class AddHostModule implements Module<AddHostModule.Args> {

  /// What `add_host` takes.
  public record Args(
      @Doc("the host's name, with `:PORT` behind it if need be") @Alias({"host", "hostname"})
          String name,
      @Doc("groups to put it into") @Alias({"group", "groupname"}) @Default("") List<String> groups,
      @Doc("the host's variables, by name") @OtherArguments Map<String, Object> variables) {}

  @Override
  public String name() {
    return "add_host";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public boolean isDoneOnce() {
    return true;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    Map<String, Object> variables = new LinkedHashMap<>(args.variables());
    String name = args.name();
    int colon = name.lastIndexOf(':');
    if (colon > 0 && name.indexOf(':') == colon && name.substring(colon + 1).matches("\\d+")) {
      variables.put("ansible_ssh_port", Long.valueOf(name.substring(colon + 1)));
      name = name.substring(0, colon);
    }
    List<String> groups = args.groups().stream().filter(group -> !group.isBlank()).toList();
    Map<String, Object> added = Map.of("host_name", name, "groups", groups, "host_vars", variables);
    return new Outcome.Changed(
        Details.of("add_host", added).with(new RunChange.NewHost(name, groups, variables)));
  }
}
