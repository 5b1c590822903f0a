package kk.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// What only apt understands.
record AptOptions(
    AptLists lists,
    @Doc("install what a package recommends; without it, as the host is set up")
        @Alias("install-recommends")
        Optional<Boolean> installRecommends,
    @Doc("with `state: absent` or `autoremove`, remove configuration files too") @Default("false")
        boolean purge,
    @Doc("release to prefer, such as `bookworm-backports`") @Alias("default-release")
        Optional<String> defaultRelease,
    @Doc("a .deb to install: a file on the host, or an address the host can fetch")
        Optional<String> deb,
    @Doc(
            "bring all packages up to date: `yes` or `safe` removes none of them, `full` or `dist`"
                + " may")
        @Default("no")
        String upgrade,
    @Doc("bring up to date what is there, and install nothing") @Default("false")
        boolean onlyUpgrade,
    @Doc("install without checking signatures") @Default("false") @Alias("allow-unauthenticated")
        boolean allowUnauthenticated,
    @Doc("change packages that are on hold, too") @Default("false") boolean allowChangeHeldPackages,
    @Doc("fail rather than remove a package") @Default("false") boolean failOnAutoremove,
    @Doc(
            "all that may do harm: no signatures or certificates are checked, versions may become"
                + " lower, packages on hold may change and essential ones may go")
        @Default("false")
        boolean force,
    @Doc("options of dpkg, without their dashes, a comma between them")
        @Default("force-confdef,force-confold")
        String dpkgOptions,
    @Doc("remove all packages from the cache of fetched ones first") @Default("false")
        boolean clean,
    @Doc("remove those from the cache that can't be fetched any more") @Default("false")
        boolean autoclean,
    @Doc("what policy-rc.d answers meanwhile; with 101, packages start no services")
        Optional<Integer> policyRcD,
    @Doc("never aptitude; kk never uses it") @Default("false") boolean forceAptGet,
    @Doc("whether Ansible may install python3-apt for itself; kk doesn't need it") @Default("true")
        boolean autoInstallModuleDeps)
    implements SharedArguments {
  private static final String UNVERIFIED =
      "-o Acquire::https::Verify-Peer=false -o Acquire::https::Verify-Host=false";

  static final AptOptions STANDARD =
      new AptOptions(
          AptLists.STANDARD,
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          "no",
          false,
          false,
          false,
          false,
          false,
          "force-confdef,force-confold",
          false,
          false,
          Optional.empty(),
          false,
          true);

  AptOptions {
    upgrade =
        switch (upgrade) {
          case "no", "False", "false" -> "no";
          case "yes", "True", "true", "safe" -> "safe";
          case "full", "dist" -> "dist";
          default ->
              throw new IllegalArgumentException(
                  "`upgrade`: it takes one of no, yes, safe, full, dist, not `" + upgrade + "`");
        };
    checkWord("default_release", defaultRelease.orElse(""));
    checkWord("dpkg_options", dpkgOptions);
    if (policyRcD.filter(status -> status < 0 || status > 255).isPresent()) {
      throw new IllegalArgumentException("`policy_rc_d` is an exit status, from 0 to 255");
    }
  }

  /// @throws IllegalArgumentException when they don't go together
  void check(PackageArguments packages) {
    int tasks =
        (packages.name().isPresent() ? 1 : 0)
            + (deb.isPresent() ? 1 : 0)
            + (upgrade.equals("no") ? 0 : 1);
    if (tasks > 1) {
      throw new IllegalArgumentException("give only one of `name`, `deb` and `upgrade`");
    }
    if (deb.isPresent() && !packages.wanted().matches("|present")) {
      throw new IllegalArgumentException("`deb` goes with `state: present` only");
    }
  }

  /// Whether they ask for something without any names.
  boolean actAlone() {
    return lists.cacheValidTime().isPresent()
        || deb.isPresent()
        || !upgrade.equals("no")
        || clean
        || autoclean;
  }

  /// Assigns what the scripts read.
  void assign(Script script, PackageArguments packages) {
    List<String> removing = new ArrayList<>();
    if (allowChangeHeldPackages || force) {
      removing.add("--allow-change-held-packages");
    }
    if (force) {
      removing.add("--allow-remove-essential");
    }
    String release = defaultRelease.map(name -> "-o APT::Default-Release=" + name).orElse("");
    script
        .set("apt_valid", Integer.toString(lists.cacheValidTime().orElse(0)))
        .set("apt_retries", Integer.toString(lists.updateCacheRetries()))
        .set("apt_max_delay", Integer.toString(lists.updateCacheRetryMaxDelay()))
        .set("apt_dpkg_words", dpkgWords())
        .set("apt_words", String.join(" ", installing(packages, removing)))
        .set("apt_remove_words", String.join(" ", removing))
        .set("apt_release_words", release)
        .set("apt_fetch_words", force ? UNVERIFIED : "")
        .setPath("apt_deb", deb)
        .set("apt_upgrade", upgrade.equals("no") ? "" : upgrade)
        .set("apt_only_upgrade", onlyUpgrade)
        .set("apt_purge", purge)
        .set("apt_clean", clean)
        .set("apt_autoclean", autoclean)
        .set("apt_policy", policyRcD.map(String::valueOf));
  }

  private List<String> installing(PackageArguments packages, List<String> removing) {
    List<String> words = new ArrayList<>();
    installRecommends.ifPresent(
        wanted -> words.add(wanted ? "--install-recommends" : "--no-install-recommends"));
    defaultRelease.ifPresent(release -> words.addAll(List.of("-t", release)));
    if (failOnAutoremove) {
      words.add("--no-remove");
    }
    if (allowUnauthenticated || force) {
      words.add("--allow-unauthenticated");
    }
    if (packages.allowDowngrade() || force) {
      words.add("--allow-downgrades");
    }
    words.addAll(removing);
    if (force) {
      words.add(UNVERIFIED);
    }
    return words;
  }

  private String dpkgWords() {
    StringBuilder words = new StringBuilder();
    for (String option : dpkgOptions.split(",", -1)) {
      if (!option.isEmpty()) {
        words.append(" -o Dpkg::Options::=--").append(option);
      }
    }
    return words.toString();
  }

  private static void checkWord(String name, String value) {
    if (value.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("`" + name + "` has no spaces in it");
    }
  }
}
