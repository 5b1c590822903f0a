package kk.modules;

import java.util.List;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// What every package manager understands.
record PackageArguments(
    @Doc(
            "packages, as the host's package manager takes them: names, with versions or wildcards;"
                + " `*` with `state: latest` is all that there is")
        @Alias({"pkg", "package"})
        Optional<List<String>> name,
    @Doc(
            "whether they have to be there, `present` when nothing is said; only apt knows"
                + " `build-dep`, what building them takes, and `fixed`, dependencies mended")
        Optional<State> state,
    @Doc("fetch the lists of packages first")
        @Alias({"update-cache", "expire-cache"})
        @Default("false")
        boolean updateCache,
    @Doc("remove what was installed only for packages that are gone") @Default("false")
        boolean autoremove,
    @Doc("whether a lower version than that on the host may be installed")
        @Default("false")
        @Alias({"allow-downgrade", "allow_downgrades", "allow-downgrades"})
        boolean allowDowngrade,
    @Doc(
            "how many seconds to wait while somebody else installs; without it, 60 with apt, 30"
                + " with dnf")
        Optional<Integer> lockTimeout)
    implements SharedArguments {

  /// Whether packages have to be there.
  public enum State {
    PRESENT("present"),
    INSTALLED("present"),
    ABSENT("absent"),
    REMOVED("absent"),
    LATEST("latest"),
    BUILD_DEP("build-dep"),
    FIXED("fixed");

    private final String wanted;

    State(String wanted) {
      this.wanted = wanted;
    }

    /// As a playbook writes it.
    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }

  PackageArguments {
    if (names(name).contains("*")) {
      if (state.filter(s -> s == State.LATEST).isEmpty()) {
        throw new IllegalArgumentException("`name: \"*\"` goes with `state: latest` only");
      }
      if (names(name).size() > 1) {
        throw new IllegalArgumentException("`*` is all packages; name no others beside it");
      }
    }
  }

  List<String> names() {
    return names(name);
  }

  /// What is wanted in one word, empty when nothing is said.
  String wanted() {
    return state.map(s -> s.wanted).orElse("");
  }

  /// @throws IllegalArgumentException when there is nothing to do
  void check(boolean actsAlone) {
    boolean something =
        name.isPresent()
            || updateCache
            || autoremove
            || actsAlone
            || state.filter(s -> s == State.FIXED).isPresent();
    if (!something) {
      throw new IllegalArgumentException("`name` is missing: which package?");
    }
  }

  private static List<String> names(Optional<List<String>> name) {
    return name.orElse(List.of());
  }
}
