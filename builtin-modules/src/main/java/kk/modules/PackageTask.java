package kk.modules;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Details;
import kk.spi.HostAccess;
import kk.spi.Outcome;
import kk.spi.SharedArguments;
import kk.spi.UnreachableException;

/// What `package` and the modules named after package managers do: whatever the name, the host's
/// own package manager does it. One round trip; the network is needed only when something is
/// missing.
///
/// @param apt what only apt understands; anything but the standard fails on another host
/// @param dnf the same for dnf and yum
/// @param manager which package manager is asked for, `auto` for that of the host
record PackageTask(PackageArguments packages, AptOptions apt, DnfOptions dnf, String manager) {
  private static final String OUTPUT = "\nstdout:\n";

  private static final List<String> FUNCTIONS =
      List.of(
          Script.text("package"),
          Script.function("kk_package_look", "package.look"),
          Script.text("apt"),
          Script.function("kk_apt_look", "apt.look"),
          Script.function("kk_apt_change", "apt.change"),
          Script.text("dnf"),
          Script.function("kk_dnf_look", "dnf.look"),
          Script.function("kk_dnf_change", "dnf.change"),
          Script.function("kk_other_look", "package.other.look"),
          Script.function("kk_other_change", "package.other.change"));

  Outcome run(HostAccess host) throws UnreachableException, InterruptedException {
    Script script =
        new Script()
            .set("use", manager)
            .set("checking", host.checking())
            .set("wanted", packages.wanted())
            .set("update", packages.updateCache())
            .set("autoremove", packages.autoremove())
            .set("allow_downgrade", packages.allowDowngrade())
            .set("lock_timeout", packages.lockTimeout().map(String::valueOf))
            .set("apt_given", String.join(", ", given(apt, AptOptions.STANDARD)))
            .set("dnf_given", String.join(", ", given(dnf, DnfOptions.STANDARD)))
            .setWords(packages.names());
    apt.assign(script, packages);
    dnf.assign(script);
    Converged converged =
        host.converge(
            new Convergence(
                    what(), script.addText("kk_package_look \"$@\"").text(), "kk_package_change")
                .withFunctions(FUNCTIONS));
    return outcome(converged);
  }

  private Outcome outcome(Converged converged) {
    String told = converged.looked() + converged.changed();
    int output = told.indexOf(OUTPUT);
    Answer answer = Answer.of(output < 0 ? told : told.substring(0, output));
    String stdout = output < 0 ? "" : told.substring(output + OUTPUT.length());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", packages.names());
    packages.state().ifPresent(s -> values.put("state", s.toString().toLowerCase(Locale.ROOT)));
    if (!answer.all("todo").isEmpty()) {
      values.put("packages", answer.all("todo"));
    }
    values.put("cache_updated", answer.yes("cache_updated"));
    values.put("cache_update_time", answer.number("cache_update_time").orElse(0L));
    if (dnf.list().isPresent()) {
      values.put("results", answer.all("list").stream().map(PackageTask::listed).toList());
    }
    if (!apt.upgrade().equals("no")) {
      values.put("msg", stdout);
    }
    values.put("stdout", stdout);
    values.put("stdout_lines", Execution.lines(stdout));
    values.put("stderr", converged.stderr());
    values.put("stderr_lines", Execution.lines(converged.stderr()));
    return Outcome.changedIf(answer.yes("changed"), Details.of(values));
  }

  /// The change in words.
  private String what() {
    String names = String.join(", ", packages.names());
    if (apt.deb().isPresent()) {
      return "install " + apt.deb().get();
    }
    if (names.equals("*") || !apt.upgrade().equals("no")) {
      return "bring all packages up to date";
    }
    if (names.isEmpty()) {
      return packages.updateCache() ? "fetch the lists of packages" : "tidy up packages";
    }
    return switch (packages.wanted()) {
      case "absent" -> "remove " + names;
      case "build-dep" -> "install what building takes: " + names;
      default -> "install " + names;
    };
  }

  /// A line about a package or a repository, in Ansible's words.
  private static Map<String, Object> listed(String line) {
    String[] parts = line.split("\\|", -1);
    Map<String, Object> listed = new LinkedHashMap<>();
    if (parts[0].equals("repo")) {
      listed.put("repoid", parts[1]);
      listed.put("state", "enabled");
      return listed;
    }
    String whole = parts[2] + ":" + parts[1] + "-" + parts[3] + "-" + parts[4] + "." + parts[5];
    listed.put("name", parts[1]);
    listed.put("arch", parts[5]);
    listed.put("epoch", parts[2]);
    listed.put("release", parts[4]);
    listed.put("version", parts[3]);
    listed.put("repo", parts[6]);
    listed.put("envra", whole);
    listed.put("nevra", whole);
    listed.put("yumstate", parts[0]);
    return listed;
  }

  /// The names of options that aren't as they are when nobody says anything.
  private static List<String> given(Record options, Record standard) {
    List<String> names = new ArrayList<>();
    try {
      for (RecordComponent component : options.getClass().getRecordComponents()) {
        Object value = component.getAccessor().invoke(options);
        Object usual = component.getAccessor().invoke(standard);
        if (value instanceof Record group && group instanceof SharedArguments) {
          names.addAll(given(group, (Record) usual));
        } else if (!value.equals(usual)) {
          names.add(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + options.getClass(), e);
    }
    return names;
  }
}
