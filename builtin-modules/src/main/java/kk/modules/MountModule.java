package kk.modules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// File systems: what is mounted now, and what `/etc/fstab` has for the next boot. The table is
/// written once mounting has worked, so a mount that can't be made doesn't keep the host from
/// booting. Up to three round trips.
@Doc("mounts file systems and keeps their entries in `/etc/fstab`")
public final class MountModule implements Module<MountModule.Args> {

  /// What has to be the case.
  public enum State {
    MOUNTED,
    PRESENT,
    UNMOUNTED,
    ABSENT,
    ABSENT_FROM_FSTAB,
    REMOUNTED,
    EPHEMERAL;

    private boolean needsSource() {
      return this == MOUNTED || this == PRESENT || this == EPHEMERAL;
    }

    private boolean isInTable() {
      return this == MOUNTED || this == PRESENT;
    }

    private boolean leavesTable() {
      return this == ABSENT || this == ABSENT_FROM_FSTAB;
    }

    private boolean mounts() {
      return this != PRESENT && this != ABSENT_FROM_FSTAB;
    }
  }

  /// What `mount` takes.
  public record Args(
      @Doc("where it goes") @Alias({"name", "dest", "destfile"}) String path,
      @Doc("what goes there: a device, `server:/directory`, …") Optional<String> src,
      @Doc("type of the file system") Optional<String> fstype,
      @Doc("options") Optional<String> opts,
      @Doc(
              "`mounted`: now and in the table; `present`: in the table; `unmounted`: not now;"
                  + " `absent`: neither, and without the directory; `ephemeral`: only now")
          State state,
      @Doc("mount it when the host starts") @Default("true") boolean boot,
      @Doc("whether dump(8) saves it") @Default("0") String dump,
      @Doc("when fsck(8) checks it") @Default("0") String passno,
      @Doc("keep the old table under a name with the date") @Default("false") boolean backup,
      @Doc("the table") @Default("/etc/fstab") String fstab) {

    public Args {
      if (state.needsSource() && (src.isEmpty() || fstype.isEmpty())) {
        throw new IllegalArgumentException(
            "`state: %s` needs `src` and `fstype`"
                .formatted(state.name().toLowerCase(Locale.ROOT)));
      }
    }

    private String options() {
      String given = opts.orElse("defaults");
      return boot || given.contains("noauto") ? given : given + ",noauto";
    }

    private String stateName() {
      return state.name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "mount";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HostText table = HostText.read(args.fstab(), host);
    Fstab before = Fstab.of(table.before().orElse(""));
    Fstab after = edited(args, before);
    boolean tableDiffers = !after.equals(before);
    boolean changed = args.state().mounts() && mount(args, tableDiffers, host);
    Details details = Details.NONE;
    if (tableDiffers) {
      HostText.Edit edit = new HostText.Edit(args.backup(), Optional.empty(), Attributes.NONE);
      Outcome written = table.replace(after.text(), edit, "", host);
      changed |= written instanceof Outcome.Changed;
      details = written.details();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", args.path());
    args.src().ifPresent(src -> values.put("src", src));
    args.fstype().ifPresent(type -> values.put("fstype", type));
    values.put("opts", args.options());
    values.put("dump", args.dump());
    values.put("passno", args.passno());
    values.put("fstab", args.fstab());
    values.put("backup_file", details.values().getOrDefault("backup", ""));
    return Outcome.changedIf(
        changed, new Details(values, details.diffs(), Optional.empty(), details.warnings()));
  }

  private static Fstab edited(Args args, Fstab table) {
    if (args.state().isInTable()) {
      return table.with(
          new Fstab.Entry(
              args.src().orElseThrow(),
              args.path(),
              args.fstype().orElseThrow(),
              args.options(),
              args.dump(),
              args.passno()));
    }
    return args.state().leavesTable() ? table.without(args.path(), args.src()) : table;
  }

  private static boolean mount(Args args, boolean tableDiffers, HostAccess host)
      throws UnreachableException, InterruptedException {
    Converged converged =
        host.converge(
            new Convergence(
                "bring the mount at " + args.path() + " to " + args.stateName(),
                new Script()
                    .setPath("path", args.path())
                    .set("src", args.src())
                    .set("fstype", args.fstype())
                    .set("opts", args.opts())
                    .set("wanted", args.stateName())
                    .set("entry_differs", tableDiffers)
                    .add("mount.look")
                    .text(),
                new Script().add("mount.change").text()));
    return converged.differed();
  }
}
