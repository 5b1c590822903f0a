package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kk.spi.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditingModulesTest {
  private final TestHost host;
  private final Path file;

  EditingModulesTest(@TempDir Path directory) {
    host = new TestHost(directory);
    file = host.write("f", "a=1\nb=2\nb=3\nend\n");
  }

  @Test
  void keepsALine() {
    Object[] arguments = {"path", file, "regexp", "^b=", "line", "b=9"};
    host.onlyChecks(new LineinfileModule(), arguments);
    assertEquals("line replaced", host.changed(new LineinfileModule(), arguments).get("msg"));
    host.unchanged(new LineinfileModule(), arguments);
    assertEquals("a=1\nb=2\nb=9\nend\n", host.text("f"));
    host.changed(new LineinfileModule(), "path", file, "line", "c", "insertbefore", "^end");
    host.changed(new LineinfileModule(), "path", file, "line", "top", "insertbefore", "BOF");
    host.changed(
        new LineinfileModule(),
        "path",
        file,
        "regexp",
        "^(a)=(\\d)",
        "line",
        "\\1=\\g<2>0",
        "backrefs",
        true);
    host.changed(new LineinfileModule(), "path", file, "regexp", "^b", "state", "absent");
    assertEquals("top\na=10\nc\nend\n", host.text("f"));
    host.unchanged(new LineinfileModule(), "path", "/nowhere", "line", "x", "state", "absent");
    assertTrue(
        host.failure(new LineinfileModule(), "path", "/no/file", "line", "x").contains("create"));
    assertTrue(
        host.refusal(new LineinfileModule(), "path", file, "line", "x", "regexp", "(")
            .contains("no regular expression"));
  }

  @Test
  void keepsABlock() {
    Object[] arguments = {"path", file, "block", "x\ny\n", "insertafter", "^a"};
    host.onlyChecks(new BlockinfileModule(), arguments);
    host.changed(new BlockinfileModule(), arguments);
    host.unchanged(new BlockinfileModule(), arguments);
    String block = "# BEGIN ANSIBLE MANAGED BLOCK\nx\ny\n# END ANSIBLE MANAGED BLOCK\n";
    assertEquals("a=1\n" + block + "b=2\nb=3\nend\n", host.text("f"));
    arguments[3] = "z";
    host.changed(new BlockinfileModule(), arguments);
    assertEquals("a=1\n" + block.replace("x\ny", "z") + "b=2\nb=3\nend\n", host.text("f"));
    host.changed(new BlockinfileModule(), "path", file, "state", "absent");
    assertEquals("a=1\nb=2\nb=3\nend\n", host.text("f"));
    host.changed(new BlockinfileModule(), "path", host.path("new"), "block", "x", "create", true);
    assertTrue(host.text("new").contains("\nx\n"));
    assertTrue(
        host.refusal(new BlockinfileModule(), "path", file, "insertafter", "a", "insertbefore", "b")
            .contains("either"));
  }

  @Test
  void replaces() {
    Object[] arguments = {"path", file, "regexp", "^b=(\\d)$", "replace", "b: \\1$"};
    host.onlyChecks(new ReplaceModule(), arguments);
    assertEquals("2 replacements made", host.changed(new ReplaceModule(), arguments).get("msg"));
    host.unchanged(new ReplaceModule(), arguments);
    assertEquals("a=1\nb: 2$\nb: 3$\nend\n", host.text("f"));
    host.changed(new ReplaceModule(), "path", file, "regexp", "b", "replace", "B", "after", "2\\$");
    assertEquals("a=1\nb: 2$\nB: 3$\nend\n", host.text("f"));
    assertTrue(
        host.refusal(new ReplaceModule(), "path", file, "regexp", "[").contains("no regular"));
    assertTrue(
        host.failure(new ReplaceModule(), "path", "/nowhere", "regexp", "x").contains("no /nowh"));
  }

  @Test
  void brings() throws IOException {
    assertEquals(
        "YT0xCmI9MgpiPTMKZW5kCg==", host.unchanged(new SlurpModule(), "src", file).get("content"));
    assertTrue(host.failure(new SlurpModule(), "src", "/nowhere").contains("cannot read"));
    String dest = host.path("here").toString();
    host.onlyChecks(new FetchModule(), "src", file, "dest", dest);
    Map<String, Object> values = host.changed(new FetchModule(), "src", file, "dest", dest);
    assertEquals(dest + "/node1" + file, values.get("dest"));
    assertEquals(-1, Files.mismatch(file, Path.of(String.valueOf(values.get("dest")))));
    host.roundTrips = 0;
    host.unchanged(new FetchModule(), "src", file, "dest", dest);
    assertEquals(1, host.roundTrips);
    host.changed(new FetchModule(), "src", file, "dest", dest + "/", "flat", true);
    assertEquals(host.text("f"), host.text("here/f"));
    assertTrue(host.failure(new FetchModule(), "src", "/nowhere", "dest", dest).contains("exist"));
    host.unchanged(new FetchModule(), "src", "/nowhere", "dest", dest, "fail_on_missing", false);
  }

  @Test
  void runsScriptsOfThisMachine() {
    host.write("files/do it.sh", "#!/bin/bash\na=(x y)\necho ${a[1]} \"$1\"; exit $2\n");
    assertEquals(
        "y b c\n", host.changed(new ScriptModule(), "cmd", "'do it.sh' 'b c' 0").get("stdout"));
    Outcome outcome = host.run(new ScriptModule(), "cmd", "'do it.sh' a 4");
    assertEquals(4L, outcome.details().values().get("rc"));
    host.write("files/plain", "read -r line; echo \"$1 $line\"\n");
    assertEquals(
        "a given\n",
        host.changed(new ScriptModule(), "cmd", "plain a", "stdin", "given").get("stdout"));
    assertEquals(
        "b given\n",
        host.changed(
                new ScriptModule(), "cmd", "plain b", "stdin", "given", "executable", "bash -e")
            .get("stdout"));
    assertEquals("x\n", host.changed(new RawModule(), "cmd", "echo x").get("stdout"));
    host.checking = true;
    assertInstanceOf(Outcome.Skipped.class, host.run(new RawModule(), "cmd", "touch x"));
    assertFalse(Files.exists(host.path("x")));
    assertTrue(host.failure(new ScriptModule(), "cmd", "nothing").contains("no nothing"));
  }

  @Test
  void skipsScriptsAndOpensThem() throws IOException {
    host.write("files/s", "echo ran\n");
    Outcome outcome = host.run(new ScriptModule(), "cmd", "s", "creates", host.directory);
    assertInstanceOf(Outcome.Skipped.class, outcome);
    assertEquals(
        host.directory + " exists, matching creates option", outcome.details().values().get("msg"));
    host.changed(new ScriptModule(), "cmd", "s", "creates", host.directory + "*");
    outcome = host.run(new ScriptModule(), "cmd", "s", "removes", "/nowhere");
    assertEquals(
        "/nowhere does not exist, matching removes option", outcome.details().values().get("msg"));
    host.opened.put("s", "echo opened\n");
    assertEquals("opened\n", host.changed(new ScriptModule(), "cmd", "s").get("stdout"));
    assertEquals(
        "ran\n", host.changed(new ScriptModule(), "cmd", "s", "decrypt", false).get("stdout"));
    Files.copy(Path.of("/usr/bin/echo"), host.path("files/binary"));
    assertEquals(
        "as it is\n", host.changed(new ScriptModule(), "cmd", "binary as it is").get("stdout"));
    assertTrue(
        host.refusal(new ScriptModule(), "cmd", "s", "chdir", "a/b").contains("absolute path"));
  }

  @Test
  void doesSmallThings() throws IOException {
    assertEquals("pong", host.unchanged(new PingModule()).get("ping"));
    assertEquals("boom", host.failure(new PingModule(), "data", "crash"));
    Map<String, Object> made =
        host.changed(
            new TempfileModule(), "path", host.directory, "state", "directory", "suffix", ".d");
    Path directory = Path.of(String.valueOf(made.get("path")));
    assertTrue(Files.isDirectory(directory) && directory.toString().endsWith(".d"));
    host.checking = true;
    assertInstanceOf(Outcome.Skipped.class, host.run(new TempfileModule()));
  }
}
