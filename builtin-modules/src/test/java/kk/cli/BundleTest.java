package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a bundle gets to its place, also when that is broken off. The archiver of this machine is
/// asked through one that notes down what it unpacks, and dies when it is told to.
class BundleTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  private String path = "";

  @BeforeEach
  void aBundleOfThreeFiles() throws IOException, InterruptedException {
    Path bin = Files.createDirectory(tmp.resolve("bin"));
    path = bin + ":/usr/bin:/bin";
    Path tar =
        Files.writeString(
            bin.resolve("tar"),
            """
            #!/bin/sh
            case $* in *' -T '*) cat .kk-bundle/packed >>%1$s/unpacked ;; esac
            PATH=/usr/bin:/bin tar "$@" || exit
            case $* in *' -T '*)
                if [ -e %1$s/die ]; then
                    rm %1$s/die
                    echo torn >.kk-bundle/in/b
                    kill -9 $PPID
                fi ;;
            esac
            """
                .formatted(tmp));
    Files.setPosixFilePermissions(tar, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(tmp.resolve("from/in"));
    for (String name : List.of("a", "b", "c")) {
      Files.writeString(tmp.resolve("from/in").resolve(name), "content of " + name);
    }
    shell("cd from && sha256sum in/a in/b in/c >bundle.sha256");
    shell("cd from && tar -czf ../bundle.tgz bundle.sha256 in/a in/b in/c");
  }

  @Test
  void whatIsWholeIsNotUnpackedAgainAfterARunThatBroke() throws IOException {
    Files.createFile(tmp.resolve("die"));

    assertEquals(2, unpack().exit());
    assertTrue(Files.notExists(place("a")), "nothing is in place before all of it is checked");
    Object whole = Files.getAttribute(tmp.resolve("kubekey/.kk-bundle/in/a"), "unix:ino");
    Files.delete(tmp.resolve("unpacked"));

    CommandRun run = unpack();
    assertEquals(0, run.exit(), run.output());
    assertEquals(List.of("in/b"), Files.readAllLines(tmp.resolve("unpacked")));
    assertEquals(whole, Files.getAttribute(place("a"), "unix:ino"));
    assertEquals("content of b", Files.readString(place("b")));
    assertTrue(Files.notExists(tmp.resolve("kubekey/.kk-bundle")));
  }

  @Test
  void aBundleIsUnpackedOnceAndWhatIsRemovedComesBack() throws IOException {
    assertTrue(unpack().output().contains("changed 1"));
    assertTrue(unpack().output().contains("changed 0"));
    Files.delete(place("b"));
    Files.writeString(place("c"), "changed");
    Files.delete(tmp.resolve("unpacked"));

    assertTrue(unpack().output().contains("changed 1"));

    assertEquals(List.of("in/b", "in/c"), Files.readAllLines(tmp.resolve("unpacked")));
    assertEquals("content of c", Files.readString(place("c")));
  }

  @Test
  void aDamagedBundleBringsNothing() throws IOException, InterruptedException {
    shell("cd from && echo else >in/b && tar -czf ../bundle.tgz bundle.sha256 in/a in/b in/c");

    CommandRun run = unpack();

    assertEquals(2, run.exit());
    assertTrue(run.output().contains("in/b: FAILED"), run.output());
    assertTrue(Files.notExists(place("a")) && Files.notExists(place("b")));
  }

  private Path place(String name) {
    return tmp.resolve("kubekey/in").resolve(name);
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(tmp.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private CommandRun unpack() throws IOException {
    Path playbook =
        Files.writeString(
            tmp.resolve("playbook.yaml"),
            """
            - hosts: localhost
              gather_facts: false
              environment: {PATH: "%s"}
              roles: [defaults]
              tasks:
                - ansible.builtin.include_role: {name: download, tasks_from: bundle}
            """
                .formatted(path));
    return CommandRun.of(
        "run",
        playbook.toString(),
        "--workdir",
        tmp.toString(),
        "--set",
        "artifact.artifact_file=%s,binary_dir=%s"
            .formatted(tmp.resolve("bundle.tgz"), tmp.resolve("kubekey")));
  }
}
