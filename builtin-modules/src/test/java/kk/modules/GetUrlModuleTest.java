package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kk.spi.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetUrlModuleTest {
  /// The SHA-256 of `text` and a line break.
  private static final String SUM =
      "b9e68e1bea3e5b19ca6b2f98b73a54b73daafaa250484902e09982e07a12e733";

  private final TestHost host;
  private final TestWeb web = new TestWeb();

  GetUrlModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void downloadsWhatIsNewer(String shell) {
    host.in(shell);
    Object[] arguments = web.with("/old", "dest", host.path("f"));
    host.onlyChecks(new GetUrlModule(), arguments);
    assertEquals(List.of(), web.requests);
    Map<String, Object> values = host.changed(new GetUrlModule(), arguments);
    assertEquals("OK (5 bytes)", values.get("msg"));
    assertEquals(200L, values.get("status_code"));
    assertEquals(32, text(values, "md5sum").length());
    assertEquals(40, text(values, "checksum_src").length());
    assertFalse(values.containsKey("checksum_dest"));
    values = host.unchanged(new GetUrlModule(), arguments);
    assertEquals(304L, values.get("status_code"));
    host.changed(new GetUrlModule(), web.with("/old", "dest", host.path("f"), "mode", "0600"));
    web.texts.put("/new", "other");
    values =
        host.changed(new GetUrlModule(), web.with("/new", "dest", host.path("f"), "backup", true));
    assertEquals("text\n", host.text(relative(text(values, "backup_file"))));
    assertEquals(text(values, "checksum_dest").length(), text(values, "checksum_src").length());
    host.unchanged(new GetUrlModule(), web.with("/new", "dest", host.path("f"), "force", true));
    assertEquals("no-cache", web.last().header("Cache-control"));
    host.checking = true;
    host.unchanged(new GetUrlModule(), web.with("/x", "dest", host.path("f")));
  }

  private String relative(String path) {
    return host.directory.relativize(Path.of(path)).toString();
  }

  private static String text(Map<String, Object> values, String key) {
    return String.valueOf(values.get(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void namesAFileAsTheServerDoes(String shell) throws IOException {
    host.in(shell);
    Files.createDirectories(host.path("d"));
    for (String[] each :
        new String[][] {
          {"/named", "called.txt"}, {"/to/302?/end", "end"}, {"/", "index.html"}, {"/a?b/c", "a"}
        }) {
      Object[] arguments = web.with(each[0], "dest", host.path("d"));
      assertEquals(
          host.path("d/" + each[1]).toString(),
          host.changed(new GetUrlModule(), arguments).get("dest"));
      host.unchanged(new GetUrlModule(), arguments);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void findsChecksumsInAList(String shell) {
    host.in(shell);
    web.texts.put("/sums", "00  other\n" + SUM.toUpperCase(java.util.Locale.ROOT) + " *./f.tgz\n");
    web.texts.put("/one", SUM + "\n");
    String list = "sha256:" + web.base;
    Object[] arguments = web.with("/f.tgz?x", "dest", host.path("f"), "checksum", list + "/sums");
    host.changed(new GetUrlModule(), arguments);
    assertEquals(List.of("GET /sums", "GET /f.tgz"), web.lines());
    assertEquals("file already exists", host.unchanged(new GetUrlModule(), arguments).get("msg"));
    assertEquals("GET /sums", web.last().line());
    host.changed(
        new GetUrlModule(), web.with("/x", "dest", host.path("g"), "checksum", list + "/one"));
    assertEquals(
        "Unable to find a checksum for file 'x' in '" + web.base + "/sums'",
        host.failure(
            new GetUrlModule(),
            web.with("/x", "dest", host.path("h"), "checksum", list + "/sums")));
    assertTrue(
        host.failure(
                new GetUrlModule(),
                web.with("/x", "dest", host.path("h"), "checksum", list + "/status/404"))
            .contains("Request failed: HTTP Error 404: Not Found"));
  }

  @Test
  void leavesNothingThatIsWrong() throws IOException {
    Files.createDirectories(host.path("t"));
    Outcome outcome =
        host.run(
            new GetUrlModule(),
            web.with("/status/404", "dest", host.path("f"), "tmp_dest", host.path("t")));
    Map<String, Object> values = outcome.details().values();
    assertEquals("Request failed", values.get("msg"));
    assertEquals("HTTP Error 404: Not Found", values.get("response"));
    assertEquals(404L, values.get("status_code"));
    assertTrue(
        host.failure(
                new GetUrlModule(),
                web.with(
                    "/", "dest", host.path("f"), "checksum", "md5:00", "tmp_dest", host.path("t")))
            .startsWith("The checksum for " + host.path("f") + " did not match 00; it was "));
    assertTrue(
        host.failure(new GetUrlModule(), web.with("/", "dest", host.path("no/f")))
            .contains("/no does not exist"));
    assertTrue(
        host.failure(new GetUrlModule(), web.with("/", "dest", host.path("f"), "tmp_dest", "/none"))
            .contains("/none directory does not exist"));
    assertEquals(1, host.listing().size(), host.listing().toString());
    values =
        host.changed(
            new GetUrlModule(), web.with("/", "dest", host.path("f"), "tmp_dest", host.path("t")));
    assertTrue(text(values, "src").startsWith(host.path("t").toString()), values.toString());
    assertEquals(2, host.listing().size());
  }

  @Test
  void refusesWhatIsNoChecksum() {
    for (String sum : List.of("abc", "sha256:xyz", "crc:00", "sha256:/sums")) {
      assertTrue(
          host.refusal(new GetUrlModule(), web.with("/", "dest", "/f", "checksum", sum))
              .contains("such as sha256"));
    }
  }

  @Test
  void unpacksAndLogsIn() {
    web.texts.put("/packed", "unpacked");
    host.changed(new GetUrlModule(), web.with("/packed", "dest", host.path("f")));
    assertEquals("unpacked", host.text("f"));
    host.changed(
        new GetUrlModule(), web.with("/packed", "dest", host.path("g"), "decompress", false));
    assertEquals(0x1f, host.bytes("g")[0]);
    host.changed(
        new GetUrlModule(),
        web.with("/login", "dest", host.path("h"), "username", "u", "password", "p"));
    assertEquals(4, web.requests.size());
    host.changed(
        new GetUrlModule(),
        "url",
        web.base.replace("//", "//u:p@") + "/login",
        "dest",
        host.path("i"));
    host.changed(new GetUrlModule(), "url", "file://" + host.path("f"), "dest", host.path("j"));
    assertEquals("unpacked", host.text("j"));
  }

  /// wget can't take what must not be shown.
  @Test
  void usesWgetWhereThereIsNoCurl() {
    String tools =
        "stat mktemp cat chmod rm mv sync sha1sum md5sum sha256sum tr sed tail head date grep base64 wc";
    for (String tool : tools.split(" ", -1)) {
      host.program(tool, "exec /usr/bin/" + tool + " \"$@\"");
    }
    host.program("wget", "exec /usr/bin/wget \"$@\"");
    host.environment.put("PATH", host.path("bin").toString());
    web.texts.put("/one", SUM + "\n");
    Object[] arguments =
        web.with("/f", "dest", host.path("f"), "checksum", "sha256:" + web.base + "/one");
    host.changed(new GetUrlModule(), arguments);
    host.unchanged(new GetUrlModule(), web.with("/f", "dest", host.path("f")));
    assertTrue(
        host.failure(new GetUrlModule(), web.with("/f", "dest", host.path("g"), "username", "u"))
            .contains("no curl"));
  }
}
