package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileModuleTest {
  private final Path directory;

  FileModuleTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void makesADirectoryWithItsParents(String shell) {
    TestHost host = new TestHost(directory).in(shell);
    Object[] arguments = {"path", host.path("a b/c"), "state", "directory", "mode", "0750"};

    host.onlyChecks(new FileModule(), arguments);
    assertEquals("0750", host.changed(new FileModule(), arguments).get("mode"));
    host.unchanged(new FileModule(), arguments);
    assertEquals(3, host.roundTrips);
    assertEquals("rwxr-x---", permissions("a b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "644; u+x; 744",
        "644; u=rwX,g=rX,o=; 640",
        "744; a+X; 755",
        "777; go-w; 755",
        "644; g=u; 664",
        "644; u+s,+t; 5644",
        "755; o-rx,g-w; 750",
        "600; 0644; 644"
      })
  void understandsModes(String before, String mode, String after) throws IOException {
    for (String shell : new String[] {"/bin/sh", "busybox sh", "bash"}) {
      TestHost host = new TestHost(directory).in(shell);
      Path file = host.write("f", "");
      new ProcessBuilder("chmod", before, file.toString()).start().onExit().join();
      host.changed(new FileModule(), "path", file, "mode", mode);
      assertEquals(
          "0".repeat(4 - after.length()) + after,
          host.unchanged(new FileModule(), "path", file, "mode", mode).get("mode"));
    }
  }

  @Test
  void setsModesAllTheWayDown() throws IOException {
    TestHost host = new TestHost(directory);
    host.write("tree/sub/file", "");
    Object[] arguments = {"path", host.path("tree"), "mode", "u=rwX,g=,o=", "recurse", true};

    host.onlyChecks(new FileModule(), arguments);
    host.changed(new FileModule(), arguments);
    host.unchanged(new FileModule(), arguments);
    assertEquals("rwx------", permissions("tree/sub"));
    assertEquals("rw-------", permissions("tree/sub/file"));
  }

  @Test
  void links() throws IOException {
    TestHost host = new TestHost(directory);
    host.write("real", "");
    host.write("other", "");
    Object[] arguments = {"src", host.path("real"), "path", host.path("link"), "state", "link"};
    host.onlyChecks(new FileModule(), arguments);
    host.changed(new FileModule(), arguments);
    host.unchanged(new FileModule(), arguments);
    host.changed(new FileModule(), "src", "other", "path", host.path("link"), "state", "link");
    assertEquals(Path.of("other"), Files.readSymbolicLink(host.path("link")));
    assertTrue(
        host.failure(new FileModule(), "src", "none", "path", host.path("l"), "state", "link")
            .contains("force: true"));
    assertTrue(
        host.failure(new FileModule(), "src", "real", "path", host.path("other"), "state", "link")
            .contains("is a file"));
    host.changed(
        new FileModule(), "src", "real", "path", host.path("other"), "state", "link", "force", 1L);
    host.changed(
        new FileModule(), "src", host.path("real"), "path", host.path("h"), "state", "hard");
    host.unchanged(
        new FileModule(), "src", host.path("real"), "path", host.path("h"), "state", "hard");
  }

  @Test
  void removes() {
    TestHost host = new TestHost(directory);
    host.write("tree/file", "");
    host.onlyChecks(new FileModule(), "path", host.path("tree"), "state", "absent");
    host.changed(new FileModule(), "path", host.path("tree"), "state", "absent");
    host.unchanged(new FileModule(), "path", host.path("tree"), "state", "absent");
    assertFalse(Files.exists(host.path("tree")));
  }

  @Test
  void touches() {
    TestHost host = new TestHost(directory);
    Path file = host.path("f");
    host.onlyChecks(new FileModule(), "path", file, "state", "touch");
    host.changed(new FileModule(), "path", file, "state", "touch", "mode", "0600");
    assertEquals("rw-------", permissions("f"));
    host.changed(new FileModule(), "path", file, "state", "touch");
    host.unchanged(
        new FileModule(),
        "path",
        file,
        "state",
        "touch",
        "modification_time",
        "preserve",
        "access_time",
        "preserve");
  }

  @Test
  void refusesBadInput() {
    TestHost host = new TestHost(directory);
    assertTrue(
        host.failure(new FileModule(), "path", host.path("no"), "mode", "0600").contains("no"));
    assertTrue(
        host.refusal(new FileModule(), "path", "/x", "state", "dir").contains("it takes one of"));
    host.write("f", "");
    assertTrue(
        host.failure(new FileModule(), "path", host.path("f"), "state", "directory")
            .contains("is no directory"));
  }

  @Test
  void tellsAboutPaths() throws IOException {
    TestHost host = new TestHost(directory);
    Path file = host.write("f", "abc");
    Files.createSymbolicLink(host.path("l"), file);
    Map<?, ?> stat =
        (Map<?, ?>) TestHost.at(host.unchanged(new StatModule(), "path", file), "stat");
    assertEquals(true, TestHost.at(stat, "exists"));
    assertEquals(true, TestHost.at(stat, "isreg"));
    assertEquals(3L, TestHost.at(stat, "size"));
    assertEquals("0644", TestHost.at(stat, "mode"));
    assertEquals("a9993e364706816aba3e25717850c26c9cd0d89d", TestHost.at(stat, "checksum"));
    assertEquals(true, TestHost.at(stat, "rusr"));
    assertEquals(false, TestHost.at(stat, "woth"));
    Map<?, ?> link =
        (Map<?, ?>) TestHost.at(host.unchanged(new StatModule(), "path", host.path("l")), "stat");
    assertEquals(true, TestHost.at(link, "islnk"));
    assertEquals(file.toString(), TestHost.at(link, "lnk_target"));
    Map<?, ?> none =
        (Map<?, ?>) TestHost.at(host.unchanged(new StatModule(), "path", "/no"), "stat");
    assertEquals(Map.of("exists", false), none);
    assertEquals(3, host.roundTrips);
  }

  private String permissions(String name) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
