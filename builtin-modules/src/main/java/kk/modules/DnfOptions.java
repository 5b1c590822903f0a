package kk.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import kk.spi.Command;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// What only dnf and yum understand.
record DnfOptions(
    DnfRepositories repositories,
    @Doc("install without checking signatures") @Default("false") boolean disableGpgCheck,
    @Doc("leave out packages that aren't there or can't be installed") @Default("false")
        boolean skipBroken,
    @Doc("bring up to date what is there, and install nothing") @Default("false")
        boolean updateOnly,
    @Doc("with `state: latest`, only what mends the security") @Default("false") boolean security,
    @Doc("with `state: latest`, only what mends mistakes") @Default("false") boolean bugfix,
    @Doc("install also what a package recommends") @Default("true") boolean installWeakDeps,
    @Doc("remove packages that are in the way") @Default("false") boolean allowerasing,
    @Doc("fail when the newest version can't be installed; without it, as the host is set up")
        Optional<Boolean> best,
    @Doc("the opposite of `best`") Optional<Boolean> nobest,
    @Doc("fetch the packages, and install nothing") @Default("false") boolean downloadOnly,
    @Doc("with `download_only`, directory on the host for the packages")
        Optional<String> downloadDir,
    @Doc(
            "tell what there is instead of changing anything: `installed`, `updates`, `available`,"
                + " `repos`, or names of packages")
        Optional<String> list,
    @Doc("accepted for Ansible's sake, where it has no effect either") @Default("true")
        boolean installRepoquery)
    implements SharedArguments {
  static final DnfOptions STANDARD =
      new DnfOptions(
          DnfRepositories.STANDARD,
          false,
          false,
          false,
          false,
          false,
          true,
          false,
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          true);

  DnfOptions {
    if (best.isPresent() && nobest.isPresent()) {
      throw new IllegalArgumentException("give either `best` or `nobest`");
    }
  }

  /// @throws IllegalArgumentException when they don't go together
  void check(PackageArguments packages) {
    if (list.isPresent() && packages.name().isPresent()) {
      throw new IllegalArgumentException("give either `name` or `list`");
    }
  }

  /// Assigns what the scripts read.
  void assign(Script script) {
    List<String> marked = new ArrayList<>();
    if (security) {
      marked.add("--security");
    }
    if (bugfix) {
      marked.add("--bugfix");
    }
    script
        .set("dnf_words", quoted(repositories.words()))
        .set("dnf_install_words", quoted(installing()))
        .set("dnf_new_given", String.join(", ", unknownToYum()))
        .set("dnf_marked", String.join(" ", marked))
        .set("dnf_update_only", updateOnly)
        .set("dnf_root", repositories.installroot().equals("/") ? "" : repositories.installroot())
        .set("dnf_unverified", !repositories.validateCerts())
        .set("dnf_list", list);
  }

  private List<String> unknownToYum() {
    List<String> names = new ArrayList<>();
    if (allowerasing) {
      names.add("allowerasing");
    }
    best.ifPresent(_ -> names.add("best"));
    nobest.ifPresent(_ -> names.add("nobest"));
    return names;
  }

  private List<String> installing() {
    List<String> words = new ArrayList<>();
    if (disableGpgCheck) {
      words.add("--nogpgcheck");
    }
    if (skipBroken) {
      words.add("--skip-broken");
    }
    if (!installWeakDeps) {
      words.add("--setopt=install_weak_deps=0");
    }
    if (allowerasing) {
      words.add("--allowerasing");
    }
    best.or(() -> nobest.map(no -> !no))
        .ifPresent(wanted -> words.add("--setopt=best=" + (wanted ? "1" : "0")));
    if (downloadOnly) {
      words.add("--downloadonly");
      downloadDir.ifPresent(directory -> words.add("--downloaddir=" + directory));
    }
    return words;
  }

  private static String quoted(List<String> words) {
    return words.stream().map(Command::quote).collect(Collectors.joining(" "));
  }
}
