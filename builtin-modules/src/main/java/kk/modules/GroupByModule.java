package kk.modules;

import java.util.List;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.RunChange;

/// Puts hosts into groups by what is known about them.
@Doc("puts the host into a group that is made when it isn't there")
public final class GroupByModule implements Module<GroupByModule.Args> {

  /// What `group_by` takes.
  public record Args(
      @Doc("the group's name") String key,
      @Doc("groups that the group belongs to") @Default("all") List<String> parents) {}

  @Override
  public String name() {
    return "group_by";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    String group = withoutBlanks(args.key());
    List<String> parents = args.parents().stream().map(GroupByModule::withoutBlanks).toList();
    return new Outcome.Changed(
        Details.of("add_group", group)
            .with("parent_groups", parents)
            .with(new RunChange.Membership(group, parents)));
  }

  private static String withoutBlanks(String name) {
    return name.replace(' ', '-');
  }
}
