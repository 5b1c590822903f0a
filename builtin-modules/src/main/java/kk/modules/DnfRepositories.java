package kk.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// Where dnf and yum look for packages.
record DnfRepositories(
    @Doc("repositories to use besides the usual ones") Optional<List<String>> enablerepo,
    @Doc("repositories to leave out") Optional<List<String>> disablerepo,
    @Doc("packages to leave out") Optional<List<String>> exclude,
    @Doc(
            "use what the host's configuration leaves out: `all`, `main`, or the name of a"
                + " repository")
        Optional<String> disableExcludes,
    @Doc("plug-ins to use besides the usual ones") Optional<List<String>> enablePlugin,
    @Doc("plug-ins to leave out") Optional<List<String>> disablePlugin,
    @Doc("file on the host to read instead of its configuration") Optional<String> confFile,
    @Doc("release of the system to look for packages of") Optional<String> releasever,
    @Doc("directory that is the root of the system to install to") @Default("/") String installroot,
    @Doc("use the lists of packages that are there, whatever their age") @Default("false")
        boolean cacheonly,
    @Doc("refuse repositories whose certificate nobody we trust has signed") @Default("true")
        boolean sslverify,
    @Doc("refuse addresses of packages whose certificate nobody we trust has signed")
        @Default("true")
        boolean validateCerts)
    implements SharedArguments {
  static final DnfRepositories STANDARD =
      new DnfRepositories(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "/",
          false,
          true,
          true);

  /// They as options of the command. What is left out comes first, so that `*` can stand there.
  List<String> words() {
    List<String> words = new ArrayList<>();
    addAll(words, "--disablerepo=", disablerepo);
    addAll(words, "--enablerepo=", enablerepo);
    addAll(words, "--exclude=", exclude);
    disableExcludes.ifPresent(whose -> words.add("--disableexcludes=" + whose));
    addAll(words, "--disableplugin=", disablePlugin);
    addAll(words, "--enableplugin=", enablePlugin);
    confFile.ifPresent(file -> words.add("--config=" + file));
    releasever.ifPresent(release -> words.add("--releasever=" + release));
    if (!installroot.equals("/")) {
      words.add("--installroot=" + installroot);
    }
    if (cacheonly) {
      words.add("-C");
    }
    if (!sslverify) {
      words.add("--setopt=sslverify=0");
    }
    return words;
  }

  private static void addAll(List<String> words, String option, Optional<List<String>> values) {
    values
        .filter(names -> !names.isEmpty())
        .ifPresent(names -> words.add(option + String.join(",", names)));
  }
}
