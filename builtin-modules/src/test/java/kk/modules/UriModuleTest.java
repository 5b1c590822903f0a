package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kk.spi.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriModuleTest {
  private final TestHost host;
  private final TestWeb web = new TestWeb();

  UriModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void writesTheAnswerToAFile(String shell) throws IOException {
    host.in(shell);
    web.texts.put("/f", "nul \0 and é");
    Object[] arguments = web.with("/f", "dest", host.directory, "mode", "0600");
    Map<String, Object> values = host.changed(new UriModule(), arguments);
    assertEquals(host.path("f").toString(), values.get("path"));
    assertEquals("0600", values.get("mode"));
    assertFalse(values.containsKey("content"));
    assertEquals(List.of("f"), names());
    assertEquals(
        "nul \0 and é",
        new String(
            Files.readAllBytes(host.path("f")), java.nio.charset.StandardCharsets.ISO_8859_1));
    host.changed(new UriModule(), arguments);
    assertEquals("", web.last().header("If-modified-since"));

    host.changed(new UriModule(), web.with("/g", "dest", host.path("f"), "return_content", true));
    assertTrue(web.last().header("If-modified-since").endsWith(" GMT"));
    assertEquals("text\n", host.text("f"));
    values =
        host.unchanged(
            new UriModule(), web.with("/old", "dest", host.path("f"), "status_code", "200,304"));
    assertEquals(304L, values.get("status"));
    assertEquals(5L, values.get("size"));
    host.changed(new UriModule(), web.with("/old", "dest", host.path("f"), "force", true));
    assertEquals("no-cache", web.last().header("Cache-control"));
    host.failure(new UriModule(), web.with("/status/500", "dest", host.path("bad")));
    assertEquals(List.of("f"), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(host.directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  void asksNothingWhenAPathTells() {
    Map<String, Object> values =
        host.unchanged(new UriModule(), web.with("/", "creates", host.directory));
    assertEquals("skipped, since '" + host.directory + "' exists", values.get("stdout"));
    host.unchanged(new UriModule(), web.with("/", "removes", host.path("none")));
    assertEquals(List.of(), web.requests);
    host.unchanged(new UriModule(), web.with("/", "creates", host.directory + "*"));
    host.checking = true;
    assertInstanceOf(Outcome.Skipped.class, host.run(new UriModule(), web.with("/")));
    assertEquals(1, web.requests.size());
  }

  /// What became of it, method and body, where the redirection leads.
  @ParameterizedTest
  @CsvSource({
    "all, 301, POST, GET /end, ''",
    "all, 301, PUT, PUT /end, ''",
    "all, 302, PUT, GET /end, ''",
    "all, 303, DELETE, GET /end, ''",
    "all, 307, POST, POST /end, it",
    "all, 308, PUT, PUT /end, it",
    "all, 302, HEAD, HEAD /end, ''",
    "safe, 302, GET, GET /end, ''",
    "safe, 302, POST, POST /to/302, it",
    "none, 302, GET, GET /to/302, it",
    "no, 302, GET, GET /to/302, it",
    "yes, 303, POST, GET /end, ''",
    "urllib2, 302, POST, GET /end, ''",
    "urllib2, 307, POST, POST /to/307, it",
    "urllib2, 302, PUT, PUT /to/302, it"
  })
  void followsRedirections(String follow, int status, String method, String line, String body) {
    host.unchanged(
        new UriModule(),
        web.with(
            "/to/" + status + "?/end",
            "method",
            method,
            "follow_redirects",
            follow,
            "body",
            "it",
            "status_code",
            List.of(200L, (long) status)));
    assertEquals(line, web.last().line());
    assertEquals(body, web.last().body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void tellsSecretsToNoOtherServer(String shell) {
    host.in(shell);
    host.program("curl", "exec /usr/bin/curl \"$@\"");
    Object[] more = {
      "headers",
      Map.of("X-A", "1", "X-B", "2", "Cookie", "c"),
      "unredirected_headers",
      List.of("x-b"),
      "url_username",
      "u",
      "url_password",
      "p",
      "force_basic_auth",
      true
    };
    host.unchanged(new UriModule(), web.with("/to/302?/end", more));
    assertEquals("Basic dTpw", web.last().header("Authorization"));
    assertEquals(List.of("1", "", "c"), seen("X-a", "X-b", "Cookie"));
    host.unchanged(new UriModule(), web.with("/to/302?" + web.elsewhere() + "/end", more));
    assertEquals(List.of("1", "", "", ""), seen("X-a", "X-b", "Cookie", "Authorization"));
    assertFalse(host.calls().toString().contains("u:p"), host.calls().toString());
  }

  private List<String> seen(String... headers) {
    return Stream.of(headers).map(web.last()::header).toList();
  }

  @Test
  void logsInWhenAsked() throws IOException {
    Object[] login = {"user", "u", "password", "p"};
    host.unchanged(new UriModule(), web.with("/login", login));
    assertEquals(2, web.requests.size());
    assertEquals("", web.requests.getFirst().header("Authorization"));
    web.requests.clear();
    assertTrue(host.failure(new UriModule(), web.with("/login")).contains("401: Unauthorized"));
    Files.writeString(host.path(".netrc"), "machine 127.0.0.1 login u password p\n");
    host.unchanged(new UriModule(), web.with("/login"));
    assertTrue(
        host.failure(new UriModule(), web.with("/login", "use_netrc", false)).contains("401"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void sendsFilesAndForms(String shell) {
    host.in(shell);
    host.write("files/here", "here \0 é'$x\n");
    host.write("there", "there\n");
    host.unchanged(new UriModule(), web.with("/", "method", "POST", "src", "here"));
    assertEquals("here \0 Ã©'$x\n", web.last().body());
    host.unchanged(
        new UriModule(),
        web.with(
            "/",
            "method",
            "PUT",
            "src",
            host.path("there"),
            "remote_src",
            true,
            "body_format",
            "json"));
    assertEquals("there\n", web.last().body());
    assertEquals("application/json", web.last().header("Content-type"));
    host.unchanged(
        new UriModule(),
        web.with(
            "/",
            "method",
            "POST",
            "body_format",
            "form-urlencoded",
            "body",
            List.of(List.of("a", "1"), List.of("a", List.of("2", true)))));
    assertEquals("a=1&a=2&a=True", web.last().body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void sendsFormsWithFiles(String shell) {
    host.in(shell);
    host.write("files/here.txt", "here\n");
    Map<String, Object> form =
        new java.util.LinkedHashMap<>(Map.of("file", Map.of("filename", "here.txt")));
    form.put("text", "it's");
    form.put("json", Map.of("content", "{}", "filename", "a.json", "mime_type", "a/b"));
    Object[] more = {
      "method",
      "POST",
      "body_format",
      "form-multipart",
      "body",
      form,
      "headers",
      Map.of("Content-Type", "not/this")
    };
    host.unchanged(new UriModule(), web.with("/", more));
    String type = web.last().header("Content-type");
    assertTrue(type.startsWith("multipart/form-data; boundary="), type);
    String line = "--" + type.substring(type.indexOf('=') + 1);
    String head = "\r\nContent-Disposition: form-data; name=";
    assertEquals(
        line
            + head
            + "\"file\"; filename=\"here.txt\"\r\nContent-Type: text/plain\r\n\r\nhere\n\r\n"
            + line
            + head
            + "\"text\"\r\nContent-Type: text/plain\r\n\r\nit's\r\n"
            + line
            + head
            + "\"json\"; filename=\"a.json\"\r\nContent-Type: a/b\r\n\r\n{}\r\n"
            + line
            + "--\r\n",
        web.last().body());

    host.write("there", "there");
    more[5] = Map.of("f", Map.of("filename", host.path("there").toString()));
    host.unchanged(
        new UriModule(),
        Stream.concat(Stream.of(web.with("/", more)), Stream.of("remote_src", true)).toArray());
    assertTrue(web.last().body().contains("\r\n\r\nthere\r\n--"), web.last().body());
    more[5] = Map.of("f", Map.of("path", "x"));
    assertTrue(host.failure(new UriModule(), web.with("/", more)).contains("not `path`"));
  }

  @Test
  void tellsWhatCame() {
    web.texts.put("/packed", "unpacked");
    Map<String, Object> values =
        host.unchanged(
            new UriModule(), web.with("/packed", "return_content", true, "http_agent", "me/1"));
    assertEquals("unpacked", values.get("content"));
    assertEquals("me/1", web.last().header("User-agent"));
    assertEquals("", web.last().header("Accept"));
    host.changed(
        new UriModule(), web.with("/packed", "decompress", false, "dest", host.path("packed")));
    assertEquals(0x1f, host.bytes("packed")[0]);
    values = host.unchanged(new UriModule(), web.with("/cookie", "ciphers", "DEFAULT"));
    assertEquals(Map.of("a", "1", "b", "\"x y\""), values.get("cookies"));
    assertEquals("a=1; b=\"x y\"", values.get("cookies_string"));
    assertEquals("OK (5 bytes)", values.get("msg"));
    values = host.unchanged(new UriModule(), web.with("/status/404", "status_code", 404L));
    assertEquals("HTTP Error 404: Not Found", values.get("msg"));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertTrue(
        host.refusal(new UriModule(), web.with("/", "body", "x", "src", "y")).contains("either"));
    assertTrue(
        host.refusal(new UriModule(), web.with("/", "follow_redirects", "far"))
            .contains("urllib2"));
  }
}
