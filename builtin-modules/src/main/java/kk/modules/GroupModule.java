package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// A group of users.
@Doc("makes and removes groups of users")
public final class GroupModule implements Module<GroupModule.Args> {

  /// Whether the group has to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `group` takes.
  public record Args(
      @Doc("name of the group") String name,
      @Doc("whether it has to be there") @Default("present") State state,
      @Doc("number of the group") Optional<Long> gid,
      @Doc("give a new group a number below those of people") @Default("false") boolean system,
      @Doc("least number a new group may get") Optional<Long> gidMin,
      @Doc("greatest number a new group may get") Optional<Long> gidMax,
      @Doc("allow a `gid` that another group has") @Default("false") boolean nonUnique,
      @Doc("use libuser's programs and the host's own files, whatever directory service there is")
          @Default("false")
          boolean local,
      @Doc("with `state: absent`, remove a group that is somebody's own") @Default("false")
          boolean force) {

    public Args {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*\\$?")) {
        throw new IllegalArgumentException("`" + name + "` can't be the name of a group");
      }
      if (nonUnique && gid.isEmpty()) {
        throw new IllegalArgumentException("`non_unique` needs `gid`");
      }
      if (local && (gidMin.isPresent() || gidMax.isPresent())) {
        throw new IllegalArgumentException(
            "`local` goes without `gid_min` and `gid_max`, which libuser doesn't know");
      }
    }
  }

  private static final List<String> FUNCTIONS =
      List.of(
          Script.text("accounts"),
          Script.function("kk_group_look", "group.look"),
          Script.function("kk_group_change", "group.change"));

  @Override
  public String name() {
    return "group";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    String state = args.state().name().toLowerCase(Locale.ROOT);
    String look =
        new Script()
            .set("name", args.name())
            .set("wanted", state)
            .set("gid", args.gid().map(String::valueOf))
            .set("system", args.system())
            .set("gid_min", args.gidMin().map(String::valueOf))
            .set("gid_max", args.gidMax().map(String::valueOf))
            .set("non_unique", args.nonUnique())
            .set("local", args.local())
            .set("force", args.force())
            .addText("kk_group_look")
            .text();
    Converged converged =
        host.converge(
            new Convergence(
                    (args.state() == State.ABSENT ? "remove" : "set up") + " group " + args.name(),
                    look,
                    "kk_group_change")
                .withFunctions(FUNCTIONS));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", args.name());
    values.put("state", state);
    answer.number("gid").ifPresent(gid -> values.put("gid", gid));
    if (args.state() == State.PRESENT) {
      values.put("system", args.system());
    }
    return Outcome.changedIf(converged.differed(), Details.of(values));
  }
}
