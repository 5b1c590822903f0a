package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {
  private final TestHost host;

  ArchivesTest(@TempDir Path directory) throws IOException {
    host = new TestHost(directory);
    host.write("src/docker/dockerd", "daemon");
    host.write("src/docker/a directory/" + "long-name-".repeat(15), "long");
    host.write("src/docker/README", "read me");
    Files.createDirectories(host.path("files"));
    Files.createDirectories(host.path("to"));
  }

  private void pack(String command) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(host.path("src").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertEquals(0, exit, command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/bin/sh; tar czf ../files/a.bin docker",
        "busybox sh; tar cf ../files/a.bin ./docker",
        "bash; tar -H pax -czf ../files/a.bin docker",
        "/bin/sh; jar=$(command -v zip) && zip -qr ../files/a.bin.zip docker && mv ../files/a.bin.zip ../files/a.bin || python3 -m zipfile -c ../files/a.bin docker"
      })
  void unpacksOnce(String shell, String command) throws IOException, InterruptedException {
    host.in(shell);
    pack(command);
    Object[] arguments = {"src", "a.bin", "dest", host.path("to")};

    host.onlyChecks(new UnarchiveModule(), arguments);
    host.roundTrips = 0;
    host.changed(new UnarchiveModule(), arguments);
    assertEquals(2, host.roundTrips);
    assertEquals("daemon", host.text("to/docker/dockerd"));
    host.unchanged(new UnarchiveModule(), arguments);
    assertEquals(3, host.roundTrips);
    host.write("to/docker/dockerd", "broken!");
    if (!command.contains("zip")) {
      host.changed(new UnarchiveModule(), arguments);
      assertEquals("daemon", host.text("to/docker/dockerd"));
    }
  }

  @Test
  void stripsAndFiltersAndSetsModes() throws IOException, InterruptedException {
    pack("tar czf ../files/a.tgz docker");
    Object[] arguments = {
      "src", "a.tgz",
      "dest", host.path("to"),
      "extra_opts", List.of("--strip-components=1"),
      "exclude", List.of("*/README"),
      "mode", "0700"
    };
    host.changed(new UnarchiveModule(), arguments);
    assertTrue(Files.isExecutable(host.path("to/dockerd")));
    assertFalse(Files.exists(host.path("to/README")));
    host.unchanged(new UnarchiveModule(), arguments);
    Object[] some = {"src", "a.tgz", "dest", host.path("to"), "include", "docker/README"};
    host.changed(new UnarchiveModule(), some);
    host.unchanged(new UnarchiveModule(), some);
    assertEquals(List.of("README"), List.of(host.path("to/docker").toFile().list()));
  }

  @ParameterizedTest
  @CsvSource({"tar cJf ../a.x docker", "tar c docker | zstd -q >../a.x", "tar czf ../a.x docker"})
  void unpacksWhatIsOnTheHost(String command) throws IOException, InterruptedException {
    pack(command);
    Object[] arguments = {"src", host.path("a.x"), "dest", host.path("to"), "remote_src", true};
    host.onlyChecks(new UnarchiveModule(), arguments);
    host.changed(new UnarchiveModule(), arguments);
    host.roundTrips = 0;
    host.unchanged(new UnarchiveModule(), arguments);
    assertEquals(1, host.roundTrips);
    host.write("to/docker/dockerd", "broken!");
    host.changed(new UnarchiveModule(), arguments);
    host.unchanged(
        new UnarchiveModule(),
        "src",
        "/no",
        "dest",
        "/no",
        "remote_src",
        true,
        "creates",
        host.directory);
  }

  @Test
  void saysWhatIsWrong() throws IOException, InterruptedException {
    host.write("files/text", "no archive at all\n".repeat(100));
    assertTrue(
        host.failure(new UnarchiveModule(), "src", "text", "dest", host.path("to"))
            .contains("it is no tar archive"));
    pack("tar cf ../files/a.tar docker");
    assertTrue(
        host.failure(new UnarchiveModule(), "src", "a.tar", "dest", "/no/where")
            .contains("there is no directory /no/where"));
    assertTrue(
        host.refusal(new UnarchiveModule(), "src", "x", "dest", "/", "include", "a", "exclude", "b")
            .contains("either"));
  }

  /// An archive as `docker save` writes it; `form` says with which of the two tables of contents.
  private String imageArchive(String name, String architecture, String form)
      throws IOException, InterruptedException {
    String config = "{\"architecture\": \"" + architecture + "\", \"os\": \"linux\"}";
    host.write("src/config", config);
    pack("rm -rf img; mkdir -p img/blobs/sha256");
    String digest = FileSource.digest(kk.spi.Content.of(config), "SHA-256");
    host.write("src/img/blobs/sha256/" + digest, config);
    String manifest = "{\"config\": {\"digest\": \"sha256:" + digest + "\"}, \"layers\": []}";
    String manifestDigest = FileSource.digest(kk.spi.Content.of(manifest), "SHA-256");
    if (form.contains("legacy")) {
      host.write(
          "src/img/manifest.json",
          "[{\"Config\": \"blobs/sha256/"
              + digest
              + "\", \"RepoTags\": [\"registry:2.8.3\"], \"Layers\": []}]");
    }
    if (form.contains("oci")) {
      host.write("src/img/blobs/sha256/" + manifestDigest, manifest);
      host.write(
          "src/img/index.json",
          "{\"manifests\": [{\"digest\": \"sha256:"
              + manifestDigest
              + "\", \"annotations\": {\"io.containerd.image.name\": \"docker.io/library/registry:2.8.3\"}}]}");
    }
    host.write("src/img/layer.tar", "x".repeat(5_000_000));
    pack("tar c" + (form.contains("gz") ? "z" : "") + "f ../files/" + name + " -C img .");
    return form.contains("manifest") ? "sha256:" + manifestDigest : "sha256:" + digest;
  }

  private void docker(String id) {
    host.program(
        "docker",
        """
        D=%s
        case $1$2 in
          version*) echo amd64 ;;
          load*) cat >/dev/null; echo %s >$D/loaded ;;
          imageinspect) [ -e $D/loaded ] && cat $D/loaded ;;
          rmi*) rm $D/loaded ;;
        esac
        """
            .formatted(host.directory, id));
  }

  @ParameterizedTest
  @CsvSource({"legacy", "legacy gz", "oci", "legacy oci gz", "legacy oci manifest"})
  void loadsAnImageOnce(String form) throws IOException, InterruptedException {
    docker(imageArchive("registry.tgz", "amd64", form));
    Object[] arguments = {"src", "registry.tgz", "name", "registry:2.8.3", "arch", "amd64"};

    host.onlyChecks(new ImageModule(), arguments);
    host.roundTrips = 0;
    host.changed(new ImageModule(), arguments);
    assertEquals(2, host.roundTrips);
    host.unchanged(new ImageModule(), arguments);
    assertEquals(3, host.roundTrips);
    host.write("loaded", "sha256:another\n");
    host.changed(new ImageModule(), arguments);
    host.changed(new ImageModule(), "name", "registry:2.8.3", "state", "absent");
    host.unchanged(new ImageModule(), "name", "registry:2.8.3", "state", "absent");
  }

  @Test
  void refusesTheWrongImage() throws IOException, InterruptedException {
    docker(imageArchive("arm.tar", "arm64", "legacy"));
    assertTrue(
        host.failure(new ImageModule(), "src", "arm.tar", "arch", "amd64")
            .contains("is made for arm64, not for amd64"));
    assertEquals(0, host.roundTrips);
    assertTrue(host.failure(new ImageModule(), "src", "arm.tar").contains("not for amd64"));
    assertEquals(
        host.path("files/arm.tar") + " doesn't have the image registry:3; it has registry:2.8.3",
        host.failure(new ImageModule(), "src", "arm.tar", "name", "registry:3"));
    host.write("files/no", "x".repeat(2000));
    assertTrue(host.failure(new ImageModule(), "src", "no").contains("no tar archive"));
    assertTrue(host.refusal(new ImageModule()).contains("which archive"));
    assertFalse(host.calls().toString().contains("load"));
  }

  @Test
  void anArchiveIsCheckedWithoutAHost() throws IOException, InterruptedException {
    imageArchive("a.tar", "amd64", "legacy");
    String archive = host.path("files/a.tar").toString();

    host.unchanged(new CheckImageModule(), "src", archive, "name", "registry:2.8.3");
    assertTrue(
        host.failure(new CheckImageModule(), "src", archive, "arch", "arm64")
            .contains("is made for amd64, not for arm64"));
    assertTrue(
        host.failure(new CheckImageModule(), "src", archive, "name", "registry:3")
            .contains("doesn't have the image registry:3; it has registry:2.8.3"));
    assertEquals(0, host.roundTrips);
  }

  @Test
  void noticesThatDockerLoadedSomethingElse() throws IOException, InterruptedException {
    imageArchive("a.tar", "amd64", "legacy");
    docker("sha256:other");
    assertTrue(
        host.failure(new ImageModule(), "src", "a.tar").contains("the host doesn't have registry"));
  }

  @Test
  void copyIsTheOppositeOfRemoteSrc() throws IOException, InterruptedException {
    pack("tar czf ../files/a.bin docker");
    Object[] there = {"src", host.path("files/a.bin"), "dest", host.path("to"), "copy", false};

    host.changed(new UnarchiveModule(), there);
    host.unchanged(new UnarchiveModule(), there);
    assertTrue(
        host.refusal(
                new UnarchiveModule(), "src", "a", "dest", "b", "copy", true, "remote_src", true)
            .contains("opposite"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void theHostGetsAnArchiveByItself(String shell) throws IOException, InterruptedException {
    host.in(shell);
    pack("tar czf ../files/a.bin docker");
    host.environment.put("TMPDIR", Files.createDirectory(host.path("tmp")).toString());
    try (TestWeb web = new TestWeb()) {
      byte[] archive = Files.readAllBytes(host.path("files/a.bin"));
      web.texts.put("/a.bin", new String(archive, StandardCharsets.ISO_8859_1));
      Object[] there = {"src", web.base + "/a.bin", "dest", host.path("to"), "remote_src", true};

      host.roundTrips = 0;
      host.changed(new UnarchiveModule(), there);
      assertEquals(1, host.roundTrips);
      assertEquals("daemon", host.text("to/docker/dockerd"));
      host.unchanged(new UnarchiveModule(), there);
      Object[] missing = {
        "src",
        web.base.replace("//", "//me:secret@") + "/status/404",
        "dest",
        host.path("to"),
        "remote_src",
        true
      };
      String why = host.failure(new UnarchiveModule(), missing);
      assertTrue(why.endsWith("/status/404: the server answers 404"), why);
      assertTrue(!why.contains("secret"), why);
      assertEquals(List.of(), List.of(Objects.requireNonNull(host.path("tmp").toFile().list())));
    }
  }
}
