package kk.modules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCopyTest {
  private static final byte[] LAYER = new byte[300_000];

  static {
    new Random(1).nextBytes(LAYER);
  }

  @TempDir Path tmp = Path.of("");
  private TestRegistry registry;
  private TestRegistry other;

  ImageCopyTest() throws IOException {
    registry = new TestRegistry();
    other = new TestRegistry();
  }

  @BeforeEach
  void anImageForTwoProcessors() throws IOException {
    String amd = registry.image("amd", "amd64", LAYER);
    String arm = registry.image("arm", "arm64", "another layer".getBytes(StandardCharsets.UTF_8));
    registry.manifest(
        "1",
        "application/vnd.oci.image.index.v1+json",
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\
        %s,"platform":{"architecture":"amd64","os":"linux"}},%s,"platform":{"architecture":"arm64","os":"linux"}}]}"""
            .formatted(amd.substring(0, amd.length() - 1), arm.substring(0, arm.length() - 1)));
  }

  @AfterEach
  void stop() {
    registry.close();
    other.close();
  }

  private List<String> copy(String from, String to, String platform, String... names)
      throws InterruptedException {
    return copy(false, from, to, platform, names);
  }

  private List<String> copy(
      boolean compares, String from, String to, String platform, String... names)
      throws InterruptedException {
    ImageCopy.Access access =
        new ImageCopy.Access(
            Optional.of("admin"), Optional.of(new Secret("s3cret")), Optional.empty(), true);
    try (ImageCopy copy =
        new ImageCopy(
            access,
            Optional.of(platform).filter(p -> !p.isEmpty()),
            2,
            Duration.ofMillis(1),
            compares)) {
      ImageCopy.Copied copied =
          copy.copy(ImageLocation.parse(from), ImageLocation.parse(to), List.of(names));
      if (!copied.failures().isEmpty()) {
        throw new TaskFailed(String.join("\n", copied.failures()));
      }
      return copied.changed();
    }
  }

  private String refusal(String from, String to, String platform, String... names) {
    return String.valueOf(
        assertThrows(TaskFailed.class, () -> copy(from, to, platform, names)).getMessage());
  }

  @Test
  void fromRegistryToRegistryGoesWhatIsNotThereYet() throws InterruptedException {
    other.login = "admin:s3cret";
    registry.login = "admin:s3cret";
    String from = "docker://" + registry.host();
    String to = "docker://" + other.host() + "/mirror";

    assertEquals(List.of("team/app:1"), copy(from, to, "", "team/app:1"));
    assertArrayEquals(registry.manifests.get("1"), other.manifests.get("1"));
    assertEquals(registry.blobs.keySet(), other.blobs.keySet());
    assertTrue(other.sent("PUT /v2/mirror/team/app/manifests/.*") >= 3, other.requests.toString());

    registry.requests.clear();
    assertEquals(List.of(), copy(from, to, "", "team/app:1"));
    assertEquals(0, registry.sent("GET .*/blobs/.*"), registry.requests.toString());

    other.manifests.remove("1");
    assertEquals(List.of("team/app:1"), copy(from, to, "", "team/app:1"));
    assertEquals(0, registry.sent("GET .*/blobs/.*"), registry.requests.toString());
  }

  @Test
  void aFolderKeepsAllPlatformsByTheirFullNames() throws InterruptedException, IOException {
    String folder = "oci:" + tmp.resolve("images");

    copy("docker://" + registry.host(), folder, "", "team/app:1");
    assertEquals(
        Set.of(ImageName.of("team/app:1")),
        new ImageLayout(tmp.resolve("images")).names().keySet());
    assertEquals(List.of(), copy("docker://" + registry.host(), folder, "", "team/app:1"));
    assertEquals(List.of("team/app:1"), copy(folder, "docker://" + other.host(), ""));
    assertEquals(registry.blobs.keySet(), other.blobs.keySet());
    assertTrue(
        refusal(folder, "docker://" + other.host(), "", "team/web:2")
            .endsWith("doesn't have the image team/web:2; it has team/app:1"));
  }

  @Test
  void anArchiveIsForOnePlatformAndLoadsEverywhere() throws InterruptedException, IOException {
    Path file = tmp.resolve("saved/app.tgz");

    copy("docker://" + registry.host(), "docker-archive:" + file, "linux/arm64", "app:1");
    ImageArchive archive = ImageArchive.read(file, Optional.empty());
    ImageArchive.Image image = archive.find("app:1").orElseThrow();
    assertEquals("arm64", image.architecture());

    assertEquals(
        List.of("app:1"), copy("docker-archive:" + file, "docker://" + other.host(), "", "app:1"));
    assertEquals(2, other.blobs.size());
    assertNull(other.blobs.get(TestRegistry.digest(LAYER)));
    byte[] before = Files.readAllBytes(file);
    copy("docker://" + registry.host(), "docker-archive:" + file, "linux/arm64", "app:1");
    assertArrayEquals(before, Files.readAllBytes(file));
    assertTrue(
        refusal("docker://" + registry.host(), "docker-archive:" + file, "linux/s390x", "app:1")
            .contains("is not made for linux/s390x"));
  }

  @Test
  void anArchiveHoldsWhatItIsAskedToHoldAndNothingElse() throws InterruptedException, IOException {
    Path file = tmp.resolve("app.tar");
    String from = "docker://" + registry.host();
    copy(from, "docker-archive:" + file, "linux/amd64", "app:1");
    long large = Files.size(file);

    copy(from, "docker-archive:" + file, "linux/arm64", "app:1");
    assertTrue(Files.size(file) < large - LAYER.length + 20_000, Files.size(file) + " bytes");
    assertEquals(
        List.of(), copy(from, "docker-archive:" + file, "linux/arm64", "app:1"), "it is there");
    try (Stream<Path> left = Files.list(tmp)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void comparingWritesNothing() throws InterruptedException {
    String from = "docker://" + registry.host();
    Path folder = tmp.resolve("images");

    assertEquals(
        List.of("team/app:1"), copy(true, from, "docker://" + other.host(), "", "team/app:1"));
    assertEquals(List.of("team/app:1"), copy(true, from, "oci:" + folder, "", "team/app:1"));
    assertEquals(
        List.of("team/app:1"),
        copy(true, from, "docker-archive:" + tmp.resolve("a"), "linux/amd64", "team/app:1"));
    assertEquals(0, other.sent("(PUT|POST|PATCH) .*"), other.requests.toString());
    assertTrue(!Files.exists(folder) && !Files.exists(tmp.resolve("a")));
  }

  @Test
  void anArchiveOfAnOldEngineIsPushed() throws Exception {
    Files.createDirectories(tmp.resolve("old/abc"));
    Files.write(tmp.resolve("old/abc/layer.tar"), LAYER);
    Files.writeString(
        tmp.resolve("old/config.json"), "{\"architecture\":\"amd64\",\"os\":\"linux\"}");
    Files.writeString(
        tmp.resolve("old/manifest.json"),
        "[{\"Config\":\"config.json\",\"RepoTags\":[\"kk/app:2\"],\"Layers\":[\"abc/layer.tar\"]}]");
    Path archive = tmp.resolve("old.tar");
    assertEquals(
        0,
        new ProcessBuilder(
                "tar", "-C", tmp.resolve("old").toString(), "-cf", archive.toString(), ".")
            .start()
            .waitFor());

    assertEquals(
        List.of("kk/app:2"), copy("docker-archive:" + archive, "docker://" + other.host(), ""));
    assertArrayEquals(LAYER, other.blobs.get(TestRegistry.digest(LAYER)));
    assertEquals(List.of(), copy("docker-archive:" + archive, "docker://" + other.host(), ""));
    assertTrue(
        refusal("docker-archive:" + tmp.resolve("none"), "oci:" + tmp, "")
            .contains("can't be unpacked"));
  }

  @Test
  void whatIsNotWhatItsDigestSaysIsRefused() throws IOException {
    registry.blobs.put(
        TestRegistry.digest(LAYER), "something else".getBytes(StandardCharsets.UTF_8));
    Path folder = tmp.resolve("images");

    assertThrows(
        TaskFailed.class,
        () -> copy("docker://" + registry.host(), "oci:" + folder, "", "team/app:1"));
    assertEquals(Set.of(), new ImageLayout(folder).names().keySet());
    try (Stream<Path> blobs = Files.list(folder.resolve("blobs/sha256"))) {
      assertEquals(List.of(), blobs.filter(blob -> blob.toString().contains("part")).toList());
    }
  }

  @Test
  void fourAreCopiedAtATimeAndToldInTheirOrder() throws InterruptedException, IOException {
    String[] names = {"f:1", "e:1", "d:1", "c:1", "b:1", "a:1", "f:amd", "e:amd", "d:amd"};
    registry.gate = new CountDownLatch(4);

    assertEquals(
        List.of(names),
        copy("docker://" + registry.host(), "oci:" + tmp.resolve("images"), "", names));

    assertEquals(4, registry.mostAtOnce.get());
    assertEquals(names.length, new ImageLayout(tmp.resolve("images")).names().size());
    assertEquals(
        1,
        registry.sent("GET .*/blobs/" + TestRegistry.digest(LAYER)),
        "what images share comes once");
  }

  @Test
  void oneThatFailsLeavesTheOthersAlone() throws InterruptedException {
    Path folder = tmp.resolve("images");
    String from = "docker://" + registry.host();

    String refused = refusal(from, "oci:" + folder, "", "a:none", "b:1", "c:none", "d:1");

    assertEquals(2, refused.lines().count(), refused);
    assertTrue(refused.startsWith("cannot copy a:none from " + registry.host()), refused);
    assertTrue(refused.contains("\ncannot copy c:none"), refused);
    assertEquals(List.of(), copy(from, "oci:" + folder, "", "b:1", "d:1"));
    String archive =
        refusal(from, "docker-archive:" + tmp.resolve("x"), "linux/amd64", "a:none", "b:1");
    assertTrue(archive.startsWith("cannot copy a:none"), archive);
    assertTrue(Files.notExists(tmp.resolve("x")));
  }

  @Test
  void aServerThatIsBusyIsAskedAgainAndARefusalIsNot() throws InterruptedException {
    registry.failing.set(1);
    copy("docker://" + registry.host(), "oci:" + tmp.resolve("a"), "", "team/app:1");

    registry.login = "admin:another";
    registry.requests.clear();
    String refused = refusal("docker://" + registry.host(), "oci:" + tmp.resolve("b"), "", "app:1");
    assertTrue(refused.startsWith("cannot copy app:1 from " + registry.host()), refused);
    assertTrue(refused.endsWith("the registry says 401: it refuses the login"), refused);
    assertTrue(!refused.contains("s3cret"), refused);
    assertTrue(registry.requests.size() <= 2, registry.requests.toString());
  }
}
