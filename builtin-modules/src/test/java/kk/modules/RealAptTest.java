package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The host's own apt with packages made here, all of it in a directory: repository, database and
/// what is installed.
class RealAptTest {
  private final TestHost host;

  RealAptTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @BeforeEach
  void makeARepository() throws IOException, InterruptedException {
    if (!Files.exists(Path.of("/usr/bin/apt-get")) || !Files.exists(Path.of("/usr/bin/dpkg-deb"))) {
      System.err.println("SKIPPED: tests of apt need apt-get and dpkg-deb");
      Assumptions.abort("needs apt");
    }
    host.environment.put("APT_CONFIG", host.path("apt.conf").toString());
    host.environment.put("DPKG_ADMINDIR", host.path("dpkg").toString());
    host.write("dpkg/status", "");
    host.write("dpkg/updates/x", "");
    Files.delete(host.path("dpkg/updates/x"));
    for (String folder : List.of("state/lists", "cache/archives", "log", "root", "repo", "etc")) {
      Files.createDirectories(host.path(folder));
    }
    host.write(
        "apt.conf",
        """
        Dir "%1$s";
        Dir::State "state";
        Dir::State::status "%1$s/dpkg/status";
        Dir::Cache "cache";
        Dir::Log "log";
        Dir::Etc "etc";
        Dir::Bin::dpkg "/usr/bin/dpkg";
        APT::Sandbox::User "root";
        APT::Architecture "amd64";
        Dpkg::Options {"--root=%1$s/root"; "--admindir=%1$s/dpkg"; "--log=%1$s/log/dpkg";
          "--force-not-root"; "--force-bad-path";};
        """
            .formatted(host.directory));
    host.write("etc/sources.list", "deb [trusted=yes] file:%s/repo ./\n".formatted(host.directory));
    make("kkfoo", "1.0", "");
    make("kkfoo", "1.5", "");
    make("kkfoo", "2.0", "");
    make("kkfoo-extra", "1.0", "");
    make("kkhelp", "1.0", "");
    make("kkbar", "1.0", "Depends: kkhelp");
    make("kkbar", "2.0", "Depends: kkhelp");
    make("kkenemy", "1.0", "Conflicts: kkfoo");
    make("kkmail", "1.0", "Provides: kk-mail-agent");
    run(
        "cd repo && for deb in *.deb; do dpkg-deb -f $deb; echo Filename: ./$deb;"
            + " echo Size: $(stat -c %s $deb); echo SHA256: $(sha256sum $deb | cut -d' ' -f1); echo;"
            + " done >Packages && apt-get -qq update");
  }

  private void make(String name, String version, String relations)
      throws IOException, InterruptedException {
    String control =
        "Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: x <x@x>\nDescription: x\n%s\n";
    host.write(
        "build/DEBIAN/control", control.formatted(name, version, relations).replace("\n\n", "\n"));
    run("dpkg-deb -b build repo/" + name + "_" + version + ".deb");
  }

  private void run(String script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-ec", script);
    builder.directory(host.directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(host.environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private Map<String, Object> done(Object... arguments) {
    host.inCheckMode();
    host.changed(new AptModule(), arguments);
    host.checking = false;
    return host.changed(new AptModule(), arguments);
  }

  private String version(String name) throws IOException {
    List<String> lines = host.lines("dpkg/status");
    int at = lines.indexOf("Package: " + name);
    return at < 0 || !lines.get(at + 1).equals("Status: install ok installed")
        ? ""
        : lines.subList(at, lines.size()).stream()
            .filter(line -> line.startsWith("Version: "))
            .findFirst()
            .orElse("")
            .substring(9);
  }

  @Test
  void installsUpgradesAndRemoves() throws IOException {
    done("name", "kkfoo=1.0");
    host.unchanged(new AptModule(), "name", "kkfoo");
    host.unchanged(new AptModule(), "name", "kkfoo>=1.0");
    assertEquals("1.0", version("kkfoo"));
    done("name", "kkfoo=1.5*");
    assertEquals("1.5", version("kkfoo"));
    assertEquals(List.of("kkfoo"), done("name", "kkfoo", "state", "latest").get("packages"));
    assertEquals("2.0", version("kkfoo"));
    host.unchanged(new AptModule(), "name", "kkfoo", "state", "latest");
    host.unchanged(new AptModule(), "name", "kkfoo=1.0", "state", "absent");
    done("name", "kkfoo=2*", "state", "absent");
    assertEquals("", version("kkfoo"));
    host.unchanged(new AptModule(), "name", "kkfoo", "state", "absent");
  }

  @Test
  void lowersAVersionOnlyWhenItMay() throws IOException {
    done("name", "kkfoo");
    assertTrue(host.failure(new AptModule(), "name", "kkfoo=1.0").contains("--allow-downgrades"));
    done("name", "kkfoo=1.0", "allow_downgrade", true);
    assertEquals("1.0", version("kkfoo"));
    done("name", "kkfoo>=1.2");
    assertTrue(host.failure(new AptModule(), "name", "kkfoo>=9").contains("no kkfoo as new as 9"));
  }

  @Test
  void upgradesAllAndTidiesUp() throws IOException {
    done("name", List.of("kkfoo=1.0", "kkbar=1.0"));
    done("upgrade", "dist");
    assertEquals("2.0", version("kkfoo"));
    assertEquals("2.0", version("kkbar"));
    host.unchanged(new AptModule(), "name", "*", "state", "latest");
    host.unchanged(new AptModule(), "autoremove", true);
    done("name", "kkbar", "state", "absent");
    assertEquals("1.0", version("kkhelp"));
    done("autoremove", true);
    assertEquals("", version("kkhelp"));
    Files.copy(host.path("repo/kkfoo_1.0.deb"), host.path("cache/archives/kkgone_1.0_all.deb"));
    done("autoclean", true);
    host.unchanged(new AptModule(), "autoclean", true);
  }

  @Test
  void takesAFile() throws IOException {
    Path file = host.path("repo/kkbar_1.0.deb");
    done("deb", file);
    host.unchanged(new AptModule(), "deb", file);
    assertEquals("1.0", version("kkbar"));
    assertEquals("1.0", version("kkhelp"));
    done("deb", "file://" + host.path("repo/kkbar_2.0.deb"));
    host.unchanged(new AptModule(), "deb", "file://" + host.path("repo/kkbar_2.0.deb"));
    host.failure(new AptModule(), "deb", file);
    done("deb", file, "allow_downgrade", true);
    assertTrue(host.failure(new AptModule(), "deb", "/nowhere.deb").contains("/nowhere.deb"));
  }

  @Test
  void sendsNobodyAwayThatHasToStay() throws IOException {
    done("name", "kkfoo");
    host.failure(new AptModule(), "deb", host.path("repo/kkenemy_1.0.deb"));
    host.failure(new AptModule(), "name", "kkenemy", "fail_on_autoremove", true);
    assertEquals("2.0", version("kkfoo"));
    done("name", "kkenemy");
    assertEquals("", version("kkfoo"));
  }

  @Test
  void knowsPatternsAndVirtualPackages() throws IOException {
    assertEquals(List.of("kkfoo", "kkfoo-extra"), sorted(done("name", "kkfoo*")));
    host.unchanged(new AptModule(), "name", "kkfoo*");
    done("name", "kk-mail-agent");
    host.unchanged(new AptModule(), "name", "kk-mail-agent");
    assertEquals("1.0", version("kkmail"));
    host.inCheckMode();
    assertTrue(host.failure(new AptModule(), "name", "kknone").contains("kknone"));
  }

  private static List<String> sorted(Map<String, Object> values) {
    return values.get("packages") instanceof List<?> list
        ? list.stream().map(String::valueOf).sorted().toList()
        : List.of();
  }
}
