package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kk.spi.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindModuleTest {
  private final TestHost host;
  private final Path top;

  FindModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
    top = directory.resolve("top");
  }

  @BeforeEach
  void aTree() throws IOException {
    host.write("top/a.txt", "first\nneedle here\n");
    host.write("top/b.log", "x".repeat(3000));
    host.write("top/.hidden", "");
    host.write("top/sub/c.txt", "the needle\n");
    host.write("top/sub/deep/d [1].txt", "");
    host.write("top/line\nbreak.txt", "");
    Files.createSymbolicLink(top.resolve("link"), Path.of("sub"));
    Files.setLastModifiedTime(
        top.resolve("b.log"), FileTime.from(Instant.now().minus(Duration.ofDays(3))));
    Files.setPosixFilePermissions(
        top.resolve("a.txt"), PosixFilePermissions.fromString("rw-r-----"));
  }

  private String names(Object... pairs) {
    Map<String, Object> values = host.unchanged(new FindModule(), pairs);
    return String.join(
        " ",
        ((List<?>) TestHost.at(values, "files"))
            .stream()
                .map(file -> String.valueOf(TestHost.at((Map<?, ?>) file, "path")))
                .map(path -> path.substring(top.toString().length() + 1).replace("\n", "\\n"))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void tellsAboutFiles(String shell) {
    host.in(shell);
    Map<String, Object> values =
        host.unchanged(new FindModule(), "paths", top + "//", "recurse", true, "hidden", true);
    assertEquals(6L, values.get("matched"));
    assertEquals(9L, values.get("examined"));
    assertEquals("All paths examined", values.get("msg"));
    Map<?, ?> hidden = (Map<?, ?>) ((List<?>) TestHost.at(values, "files")).getFirst();
    assertEquals(top + "/.hidden", hidden.get("path"));
    assertEquals(0L, hidden.get("size"));
    assertEquals(true, hidden.get("isreg"));
    assertEquals("a.txt b.log line\\nbreak.txt", names("paths", top));
    assertEquals("link", names("paths", top, "file_type", "link"));
    assertEquals(
        "link/c.txt sub/c.txt",
        names("paths", top, "recurse", true, "follow", true, "patterns", "c.*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          patterns        | *.txt             | a.txt line\\nbreak.txt sub/c.txt sub/deep/d [1].txt
          patterns        | [!a]*.txt         | line\\nbreak.txt sub/c.txt sub/deep/d [1].txt
          patterns        | d [[]1].txt,*.log | b.log sub/deep/d [1].txt
          excludes        | *.txt             | b.log
          size            | 3k                | ''
          size            | 2k                | b.log
          size            | -20               | a.txt line\\nbreak.txt sub/c.txt sub/deep/d [1].txt
          age             | 2d                | b.log
          age             | -1h               | a.txt line\\nbreak.txt sub/c.txt sub/deep/d [1].txt
          mode            | 0640              | a.txt
          contains        | .*needle          | a.txt sub/c.txt
          contains        | needle            | a.txt
          file_type       | directory         | sub sub/deep
          depth           | 2                 | a.txt b.log line\\nbreak.txt sub/c.txt
          limit           | 1                 | a.txt
          """)
  void selects(String argument, String value, String expected) {
    assertEquals(expected, names("paths", top, "recurse", true, argument, value));
  }

  @Test
  void readsPatternsAsRegularExpressions() {
    assertEquals("b.log", names("paths", top, "use_regex", true, "patterns", "[^a]\\.\\w+"));
    assertEquals(
        "a.txt", names("paths", top, "contains", "first\\s+needle", "read_whole_file", true));
    assertTrue(
        host.refusal(new FindModule(), "paths", top, "use_regex", true, "patterns", "(")
            .contains("no regular expression"));
    assertTrue(host.refusal(new FindModule(), "paths", top, "age", "soon").contains("2d"));
  }

  @Test
  void computesDigestsOfWhatIsFoundOnly() {
    host.roundTrips = 0;
    Map<String, Object> values =
        host.unchanged(
            new FindModule(),
            "paths",
            top,
            "patterns",
            "a.*",
            "get_checksum",
            true,
            "checksum",
            "md5");
    assertEquals(2, host.roundTrips);
    Map<?, ?> file = (Map<?, ?>) ((List<?>) TestHost.at(values, "files")).getFirst();
    assertEquals(
        FileSource.digest(Content.of(host.text("top/a.txt")), "MD5"), file.get("checksum"));
    host.roundTrips = 0;
    host.unchanged(new FindModule(), "paths", top);
    assertEquals(1, host.roundTrips);
  }

  @Test
  void saysWhatItCouldNotRead() throws IOException {
    Files.write(top.resolve("c.gbk"), "\u4f60\u597d\n".getBytes(Charset.forName("GBK")));
    Object[] arguments = {
      "paths", top, "patterns", "*.gbk", "contains", "\u4f60", "encoding", "gbk"
    };
    assertEquals("c.gbk", names(arguments));
    arguments[7] = "utf-8";
    Map<String, Object> values = host.unchanged(new FindModule(), arguments);
    assertEquals("Not all paths examined, check warnings for details", values.get("msg"));
    assertTrue(TestHost.at(values, "skipped_paths", top.toString()).toString().contains("c.gbk"));
    arguments[7] = "nonsense";
    assertEquals(
        Map.of(top.toString(), "unknown encoding: nonsense"),
        host.unchanged(new FindModule(), arguments).get("skipped_paths"));
    assertEquals(
        Map.of("/nowhere", "'/nowhere' is not a directory"),
        host.unchanged(new FindModule(), "paths", "/nowhere").get("skipped_paths"));
  }
}
