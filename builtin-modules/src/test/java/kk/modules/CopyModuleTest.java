package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import kk.spi.Diff;
import kk.spi.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyModuleTest {
  private final Path directory;

  CopyModuleTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void writesAndThenLeavesAlone(String shell) throws IOException {
    TestHost host = new TestHost(directory).in(shell);
    Path file = host.path("it's $HOME.conf");

    Map<String, Object> first =
        host.changed(new CopyModule(), "content", "a: 'b' \\n\n", "dest", file, "mode", "0640");

    assertEquals("a: 'b' \\n\n", Files.readString(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("0640", first.get("mode"));
    assertEquals(9L + 1, first.get("size"));
    assertEquals(1, host.roundTrips);
    List<String> before = host.listing();
    Map<String, Object> second =
        host.unchanged(new CopyModule(), "content", "a: 'b' \\n\n", "dest", file, "mode", "0640");
    assertEquals(first, second);
    assertEquals(before, host.listing());
    assertEquals(2, host.roundTrips);
  }

  @Test
  void onlyLooksInCheckMode() {
    TestHost host = new TestHost(directory);
    host.write("there", "old");
    host.onlyChecks(new CopyModule(), "content", "x", "dest", host.path("new"));
    host.onlyChecks(new CopyModule(), "content", "x", "dest", host.path("there"));
    host.onlyChecks(new CopyModule(), "content", "old", "dest", host.path("there"), "mode", "0600");
  }

  @Test
  void keepsTheModeOfAFileThatIsThere() throws IOException {
    TestHost host = new TestHost(directory);
    Path file = host.write("there", "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx--x---"));

    host.changed(new CopyModule(), "content", "new", "dest", file);

    assertEquals("rwx--x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void givesANewFileTheUsualMode() {
    TestHost host = new TestHost(directory);
    assertEquals(
        "0644", host.changed(new CopyModule(), "content", "x", "dest", host.path("n")).get("mode"));
  }

  @Test
  void showsBeforeAndAfter() {
    TestHost host = new TestHost(directory).showingDiff();
    Path file = host.write("there", "old\n");

    Outcome outcome = host.run(new CopyModule(), "content", "new\n", "dest", file);

    assertEquals(List.of(new Diff(file.toString(), "old\n", "new\n")), outcome.details().diffs());
  }

  @Test
  void copiesALargeFileOnlyOnce() throws IOException {
    TestHost host = new TestHost(directory);
    byte[] bytes = new byte[300_000];
    new java.util.Random(1).nextBytes(bytes);
    Files.createDirectories(host.path("files"));
    Files.write(host.path("files/big"), bytes);

    host.changed(new CopyModule(), "src", "big", "dest", host.path("copy"));
    assertEquals(2, host.roundTrips);
    assertEquals(-1, Files.mismatch(host.path("files/big"), host.path("copy")));
    host.unchanged(new CopyModule(), "src", "big", "dest", host.path("copy"));
    assertEquals(3, host.roundTrips);
    host.changed(new CopyModule(), "src", "big", "dest", host.path("copy"), "mode", "0600");
    assertEquals(-1, Files.mismatch(host.path("files/big"), host.path("copy")));
    host.onlyChecks(new CopyModule(), "src", "big", "dest", host.path("other"));
  }

  @Test
  void putsAFileIntoADirectory() throws IOException {
    TestHost host = new TestHost(directory);
    host.write("files/a.txt", "A");
    Files.createDirectories(host.path("there"));

    host.changed(new CopyModule(), "src", "a.txt", "dest", host.path("there"));
    Map<String, Object> values =
        host.changed(new CopyModule(), "src", "a.txt", "dest", host.path("made/below") + "/");

    assertEquals("A", host.text("there/a.txt"));
    assertEquals("A", host.text("made/below/a.txt"));
    assertEquals(host.path("made/below/a.txt").toString(), values.get("dest"));
  }

  @Test
  void saysThatTheDirectoryIsMissing() {
    TestHost host = new TestHost(directory);
    String why = host.failure(new CopyModule(), "content", "x", "dest", host.path("no/where"));
    assertTrue(why.contains("no does not exist"), why);
  }

  @Test
  void keepsTheOldFileWhenValidationFails() throws IOException {
    TestHost host = new TestHost(directory);
    Path file = host.write("there", "good\n");
    Object[] arguments = {"content", "bad\n", "dest", file, "validate", "grep -q 'go*d' %s"};

    assertTrue(host.failure(new CopyModule(), arguments).contains("fails its validation"));
    assertEquals("good\n", Files.readString(file));
    assertEquals(1, host.listing().size());
    arguments[1] = "good, too\n";
    host.changed(new CopyModule(), arguments);
  }

  @Test
  void keepsABackup() {
    TestHost host = new TestHost(directory);
    host.write("there", "old");
    Map<String, Object> values =
        host.changed(
            new CopyModule(), "content", "new", "dest", host.path("there"), "backup", true);
    assertEquals(
        "old",
        host.text(Path.of(TestHost.at(values, "backup_file").toString()).getFileName().toString()));
  }

  @Test
  void leavesAFileThatIsThereWithoutForce() {
    TestHost host = new TestHost(directory);
    host.write("there", "old");
    host.unchanged(new CopyModule(), "content", "new", "dest", host.path("there"), "force", "no");
    assertEquals("old", host.text("there"));
  }

  @Test
  void replacesALinkUnlessItShallFollow() throws IOException {
    TestHost host = new TestHost(directory);
    host.write("real", "old");
    Files.createSymbolicLink(host.path("link"), Path.of("real"));

    host.changed(
        new CopyModule(), "content", "followed", "dest", host.path("link"), "follow", true);
    assertTrue(Files.isSymbolicLink(host.path("link")));
    assertEquals("followed", host.text("real"));
    host.changed(new CopyModule(), "content", "replaced", "dest", host.path("link"));
    assertFalse(Files.isSymbolicLink(host.path("link")));
    assertEquals("followed", host.text("real"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void copiesADirectory(String shell) throws IOException {
    TestHost host = new TestHost(directory).in(shell);
    host.write("files/tree/a", "A");
    host.write("files/tree/sub dir/b", "B");
    Object[] whole = {"src", "tree", "dest", host.path("to"), "mode", "0600"};

    host.onlyChecks(new CopyModule(), whole);
    host.changed(new CopyModule(), whole);
    assertEquals("B", host.text("to/tree/sub dir/b"));
    host.roundTrips = 0;
    host.unchanged(new CopyModule(), whole);
    assertEquals(1, host.roundTrips);
    host.changed(new CopyModule(), "src", "tree/", "dest", host.path("flat"));
    assertEquals("A", host.text("flat/a"));
    host.write("flat/a", "changed");
    host.changed(new CopyModule(), "src", "tree/", "dest", host.path("flat"));
    assertEquals("A", host.text("flat/a"));
  }

  @Test
  void copiesOnTheHost() {
    TestHost host = new TestHost(directory);
    host.write("one", "1");
    host.write("tree/two", "2");
    Object[] file = {"src", host.path("one"), "dest", host.path("copy"), "remote_src", true};
    host.onlyChecks(new CopyModule(), file);
    host.changed(new CopyModule(), file);
    assertEquals("1", host.text("copy"));
    host.unchanged(new CopyModule(), file);
    Object[] tree = {
      "src", host.path("tree") + "/", "dest", host.path("t2"), "remote_src", true, "mode", "0600"
    };
    host.onlyChecks(new CopyModule(), tree);
    host.changed(new CopyModule(), tree);
    assertEquals("2", host.text("t2/two"));
    host.unchanged(new CopyModule(), tree);
    assertTrue(
        host.failure(new CopyModule(), "src", "/no/file", "dest", "/tmp/x", "remote_src", true)
            .contains("there is no file /no/file"));
  }

  @Test
  void writesAMappingAsJson() {
    TestHost host = new TestHost(directory);
    host.changed(
        new CopyModule(), "content", Map.of("a", List.of(1L, "x\"y")), "dest", host.path("j"));
    assertEquals("{\"a\": [1, \"x\\\"y\"]}", host.text("j"));
  }

  @Test
  void refusesBadInput() {
    TestHost host = new TestHost(directory);
    assertEquals("give either `src` or `content`", host.refusal(new CopyModule(), "dest", "/x"));
    assertTrue(
        host.refusal(new CopyModule(), "content", "x", "dest", "/x", "mode", "rw")
            .contains("is no file mode"));
    assertTrue(host.failure(new CopyModule(), "src", "nix", "dest", "/x").contains("no nix"));
    assertInstanceOf(
        Outcome.Failed.class, host.run(new CopyModule(), "content", "x", "dest", directory));
  }
}
