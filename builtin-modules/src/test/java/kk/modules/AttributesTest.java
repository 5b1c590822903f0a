package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What all modules that write files take besides owner, group and mode.
class AttributesTest {
  private final TestHost host;
  private final Path file;

  AttributesTest(@TempDir Path directory) {
    host = new TestHost(directory);
    file = host.write("file", "text\n");
  }

  /// A file system that keeps its flags in a file, since few of those that tests run on have any.
  private void hasFlags(String letters) {
    host.write("flags", letters);
    host.program("lsattr", "printf '%s %s\\n' \"----$(cat " + host.path("flags") + ")---\" \"$2\"");
    host.program(
        "chattr",
        """
        case $1 in
          =*) now=${1#=} ;;
          +*) now=$(cat FLAGS)${1#+} ;;
          -*) now=$(tr -d "${1#-}" <FLAGS) ;;
        esac
        printf %s "$now" >FLAGS
        """
            .replace("FLAGS", host.path("flags").toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "e, +i, ei",
    "ed, -d, e",
    "ed, i, ie",
    "'', =ad, ad",
    "ea, -ad, e",
  })
  void setsFlagsOnce(String before, String flags, String after) {
    for (String shell : List.of("/bin/sh", "busybox sh", "bash")) {
      host.in(shell);
      hasFlags(before);
      Object[] arguments = {"path", file, "attributes", flags};

      host.onlyChecks(new FileModule(), arguments);
      host.changed(new FileModule(), arguments);
      assertEquals(after, host.text("flags"));
      host.unchanged(new FileModule(), arguments);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", "ei"})
  void flagsThatAreRightAreNoChange(String flags) {
    hasFlags(flags);

    host.unchanged(new FileModule(), "path", file, "attr", flags);
    host.unchanged(new FileModule(), "path", file, "attr", "-d");
  }

  @Test
  void aNewFileGetsItsFlagsInItsPlace() {
    hasFlags("e");

    host.changed(new CopyModule(), "content", "new\n", "dest", file, "attributes", "+i");

    assertEquals("chattr +i " + file, host.calls().getLast());
    host.unchanged(new CopyModule(), "content", "new\n", "dest", file, "attributes", "+i");
  }

  @Test
  void allThatIsInADirectoryGetsTheFlags() throws IOException {
    hasFlags("e");
    Path folder = Files.createDirectory(host.path("folder"));
    host.write("folder/inner", "text");

    host.changed(
        new FileModule(), "path", folder, "state", "directory", "recurse", true, "attr", "+d");

    List<String> flagged = new ArrayList<>(host.calls());
    flagged.removeIf(call -> !call.startsWith("chattr"));
    assertTrue(flagged.contains("chattr +d " + folder), flagged.toString());
  }

  @Test
  void refusesWhatCannotBe() {
    assertTrue(
        host.refusal(new FileModule(), "path", file, "attributes", "+i; rm").contains("chattr"));
    assertTrue(
        host.refusal(new FileModule(), "path", file, "setype", "a b").contains("SELinux label"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void aBusyFileIsWrittenInPlaceOnlyWhenThatIsAllowed(String shell) throws IOException {
    host.in(shell);
    host.program("mv", "echo 'mv: cannot move: Device or resource busy' >&2; exit 1");
    Object inode = Files.getAttribute(file, "unix:ino");
    Object[] safe = {"content", "new\n", "dest", file};
    Object[] unsafe = {"content", "new\n", "dest", file, "unsafe_writes", true};

    assertTrue(host.failure(new CopyModule(), safe).contains("busy"));
    assertEquals("text\n", host.text("file"));
    host.changed(new CopyModule(), unsafe);
    assertEquals("new\n", host.text("file"));
    assertEquals(inode, Files.getAttribute(file, "unix:ino"));
    host.unchanged(new CopyModule(), unsafe);
    assertEquals(List.of(), host.listing().stream().filter(p -> p.contains(".kk.")).toList());
  }

  @Test
  void aFileInAClosedDirectoryIsWrittenInPlace() throws IOException {
    Path closed = Files.createDirectory(host.path("closed"));
    Path open = host.write("closed/file", "text\n");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(host.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (System.getProperty("user.name").equals("root")) {
      String asNobody =
          "script=$(cat \"$0\"); exec setpriv --reuid 65534 --regid 65534 --clear-groups"
              + " /bin/sh -c \"$script\"";
      host.shell = List.of("/bin/sh", "-c", asNobody);
    }

    host.failure(new CopyModule(), "content", "new\n", "dest", open);
    host.changed(new CopyModule(), "content", "new\n", "dest", open, "unsafe_writes", true);

    assertEquals("new\n", Files.readString(open));
  }
}
