package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

/// What `package` and the modules named after package managers have in common, which is all but the
/// name: the host's own package manager does it. One round trip; the network is needed only when
/// something is missing.
abstract class PackagesModule implements Module<PackagesModule.Args> {
  private static final Pattern NOTHING_DONE =
      Pattern.compile(
          "(?m)^0 upgraded, 0 newly installed, 0 to remove|^Nothing to do|Nothing to do\\.?$");

  private final String name;

  PackagesModule(String name) {
    this.name = name;
  }

  /// Whether packages have to be there.
  public enum State {
    PRESENT,
    INSTALLED,
    ABSENT,
    REMOVED,
    LATEST
  }

  /// What these modules take.
  public record Args(
      @Doc("names of packages, as the host's package manager takes them") @Alias({"pkg", "package"})
          Optional<List<String>> name,
      @Doc("whether they have to be there") @Default("present") State state,
      @Doc("fetch the lists of packages before anything is installed")
          @Default("false")
          @Alias("update-cache")
          boolean updateCache,
      @Doc("lists of packages younger than this many seconds needn't be fetched") @Default("0")
          int cacheValidTime,
      @Doc("install what a package recommends; without it, as the host is set up")
          @Alias("install-recommends")
          Optional<Boolean> installRecommends,
      @Doc("remove configuration files too") @Default("false") boolean purge,
      @Doc("remove what was installed only for a removed package") @Default("false")
          boolean autoremove,
      @Doc("repositories to use besides the usual ones") Optional<String> enablerepo,
      @Doc("repositories to leave out") Optional<String> disablerepo,
      @Doc("install without checking signatures") @Default("false") boolean disableGpgCheck,
      @Doc("accepted for Ansible's sake; the host's package manager is found by itself")
          @Default("auto")
          String use) {

    public Args {
      if (name.isEmpty() && !updateCache) {
        throw new IllegalArgumentException("`name` is missing: which package?");
      }
      if (state == State.LATEST && name.filter(names -> names.contains("*")).isPresent()) {
        throw new IllegalArgumentException(
            "name the packages to bring up to date; `*` is not taken");
      }
    }

    String wanted() {
      return switch (state) {
        case PRESENT, INSTALLED -> "present";
        case ABSENT, REMOVED -> "absent";
        case LATEST -> "latest";
      };
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    List<String> names = args.name().orElse(List.of());
    String look =
        new Script()
            .set("wanted", args.wanted())
            .set("update", args.updateCache())
            .set("valid", Integer.toString(args.cacheValidTime()))
            .set("recommends", args.installRecommends().map(r -> r ? "yes" : "no"))
            .set("purge", args.purge())
            .set("autoremove", args.autoremove())
            .set("enablerepo", args.enablerepo())
            .set("disablerepo", args.disablerepo())
            .set("unsigned", args.disableGpgCheck())
            .setWords(names)
            .add("package.look")
            .text();
    String what =
        names.isEmpty()
            ? "fetch the lists of packages"
            : (args.wanted().equals("absent") ? "remove " : "install ") + String.join(", ", names);
    Converged converged =
        host.converge(new Convergence(what, look, new Script().add("package.change").text()));
    Answer answer = Answer.of(converged.looked());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", names);
    values.put("state", args.state().name().toLowerCase(Locale.ROOT));
    answer
        .find("todo")
        .ifPresent(todo -> values.put("packages", List.of(todo.strip().split(" ", -1))));
    values.put("stdout", converged.changed());
    values.put("stdout_lines", Execution.lines(converged.changed()));
    boolean changed =
        converged.differed()
            && !names.isEmpty()
            && !NOTHING_DONE.matcher(converged.changed()).find();
    return Outcome.changedIf(changed, Details.of(values));
  }
}
