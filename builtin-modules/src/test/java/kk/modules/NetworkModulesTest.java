package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import kk.spi.Outcome;
import kk.spi.UnreachableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkModulesTest {
  private final TestHost host;
  private final HttpServer server;
  private final String base;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  NetworkModulesTest(@TempDir Path directory) throws IOException {
    host = new TestHost(directory);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getOrDefault("Authorization", List.of())
            + exchange.getRequestHeaders().getOrDefault("Content-type", List.of())
            + " "
            + body);
    byte[] answer = "{\"ok\": [true, null, 1.5, \"ü\"]}".getBytes(StandardCharsets.UTF_8);
    int status =
        switch (exchange.getRequestURI().getPath()) {
          case "/no" -> 404;
          case "/moved" -> 302;
          default -> 200;
        };
    if (status == 302) {
      exchange.getResponseHeaders().add("Location", "/yes");
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
    }
  }

  @Test
  void asksAndUnderstandsJson() {
    Map<String, Object> values =
        host.unchanged(
            new UriModule(),
            "url",
            base + "/moved",
            "url_username",
            "ad\"min",
            "url_password",
            "p\\w",
            "force_basic_auth",
            true,
            "return_content",
            true);
    assertEquals(200L, values.get("status"));
    assertEquals("ü", Json.text(values.get("json"), "ok", 3));
    assertEquals("application/json; charset=utf-8", values.get("content_type"));
    assertEquals(base + "/yes", values.get("url"));
    String login =
        java.util.Base64.getEncoder()
            .encodeToString("ad\"min:p\\w".getBytes(StandardCharsets.UTF_8));
    assertTrue(requests.getLast().contains("Basic " + login), requests.toString());
    assertEquals(1, host.roundTrips);
  }

  @Test
  void sendsBodies() {
    host.unchanged(
        new UriModule(),
        "url",
        base + "/x",
        "method",
        "put",
        "body_format",
        "json",
        "body",
        Map.of("a", "line\n\"q\""));
    assertEquals("PUT /x [][application/json] {\"a\": \"line\\n\\\"q\\\"\"}", requests.getLast());
    host.unchanged(
        new UriModule(),
        "url",
        base + "/x",
        "method",
        "POST",
        "body_format",
        "form-urlencoded",
        "body",
        Map.of("a", "b c&d"));
    assertTrue(requests.getLast().endsWith("urlencoded] a=b+c%26d"), requests.getLast());
  }

  @Test
  void saysWhatItGotInstead() {
    String why = host.failure(new UriModule(), "url", base + "/no");
    assertEquals("Status code was 404 and not [200]: HTTP Error 404: Not Found", why);
    host.unchanged(new UriModule(), "url", base + "/no", "status_code", List.of(200L, 404L));
    assertTrue(
        host.failure(new UriModule(), "url", "http://127.0.0.1:1/")
            .startsWith("Status code was -1"));
    host.checking = true;
    requests.clear();
    assertInstanceOf(
        Outcome.Skipped.class, host.run(new UriModule(), "url", base, "method", "DELETE"));
    assertEquals(List.of(), requests);
    assertTrue(host.refusal(new UriModule(), "url", base, "body_format", "xml").contains("one of"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void waitsForPortsAndFiles(String shell) throws IOException, InterruptedException {
    host.in(shell);
    long port = server.getAddress().getPort();
    host.unchanged(new WaitForModule(), "port", port, "timeout", 5L);
    host.unchanged(new WaitForModule(), "path", host.directory, "timeout", 5L);
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    host.unchanged(new WaitForModule(), "port", (long) free, "state", "stopped", "timeout", 5L);
    assertEquals(
        "Timeout when waiting for 127.0.0.1:" + free,
        host.failure(new WaitForModule(), "port", (long) free, "timeout", 0L));
    assertEquals(
        "not up",
        host.failure(new WaitForModule(), "port", (long) free, "timeout", 0L, "msg", "not up"));
    Thread late =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(400);
                  } catch (InterruptedException e) {
                    return;
                  }
                  host.write("log", "started\nready now\n");
                });
    host.unchanged(
        new WaitForModule(), "path", host.path("log"), "search_regex", "^ready", "timeout", 10L);
    late.join();
  }

  @Test
  void triesPortsOfOtherHosts() {
    host.unchanged(
        new WaitForModule(), "host", "127.1", "port", (long) server.getAddress().getPort());
    String name = "ip6-localhost-not-there";
    assertTrue(
        host.failure(new WaitForModule(), "host", name, "port", 9L, "timeout", 0L)
            .contains("Timeout"));
    assertTrue(host.refusal(new WaitForModule(), "port", 9L, "path", "/x").contains("either"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void waitsForTextAndTellsItsGroups(String shell) {
    host.in(shell);
    host.write("log", "one\nport=80 (web)\nport=443 (tls)\n");
    String regex = "^port=(\\d+) \\((?P<the_name>\\w+)\\)$";
    Map<String, Object> values =
        host.unchanged(
            new WaitForModule(), "path", host.path("log"), "search_regex", regex, "timeout", 1L);
    assertEquals(List.of("80", "web"), values.get("match_groups"));
    assertEquals(Map.of("the_name", "web"), values.get("match_groupdict"));
    assertEquals("file", values.get("state"));
    // a host whose grep is no GNU grep
    host.program("grep", "exec busybox grep \"$@\"");
    assertEquals(
        List.of("80", "web"),
        host.unchanged(
                new WaitForModule(), "path", host.path("log"), "search_regex", regex, "timeout", 1L)
            .get("match_groups"));
    assertEquals(
        "Timeout when waiting for " + host.path("log") + " to be absent.",
        host.failure(
            new WaitForModule(),
            "path",
            host.path("log"),
            "search_regex",
            "^o",
            "state",
            "absent",
            "timeout",
            0L));
    host.unchanged(
        new WaitForModule(), "path", host.path("log"), "search_regex", "^x", "state", "absent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void waitsUntilConnectionsAreGone(String shell) throws IOException {
    host.in(shell);
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket guest = new Socket(door.getInetAddress(), door.getLocalPort());
        Socket accepted = door.accept()) {
      Object[] drained = {
        "port", (long) door.getLocalPort(), "state", "drained", "timeout", 0L, "host", "127.0.0.1"
      };
      assertEquals(
          "Timeout when waiting for 127.0.0.1:" + door.getLocalPort() + " to drain",
          host.failure(new WaitForModule(), drained));
      host.unchanged(
          new WaitForModule(), and(drained, "active_connection_states", "TIME_WAIT,CLOSE_WAIT"));
      for (String others : List.of("10.1.2.3,127.0.0.1", "::ffff:127.0.0.1", "localhost")) {
        host.unchanged(new WaitForModule(), and(drained, "exclude_hosts", others));
      }
      host.failure(new WaitForModule(), and(drained, "exclude_hosts", "127.0.0.2,::1,fe80::7f"));
      assertTrue(
          host.failure(new WaitForModule(), and(drained, "exclude_hosts", "no-such-host.invalid"))
              .contains("no address of no-such-host"));
      drained[7] = "0.0.0.0";
      host.failure(new WaitForModule(), drained);
      drained[7] = "127.0.0.3";
      host.unchanged(new WaitForModule(), drained);
      assertTrue(guest.isConnected() && accepted.isConnected());
    }
  }

  /// The kernel's way to write addresses, for one with all its parts.
  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void writesAddressesAsTheKernelDoes(String shell)
      throws UnreachableException, InterruptedException {
    host.in(shell);
    String said =
        host.look(
                new Script()
                    .add("connections")
                    .addText("kk_hex 2001:db8:1:2:a0b0:c:d:e0f; kk_hex fe80::1; kk_hex ::1")
                    .command())
            .stdout();
    assertEquals(
        List.of(
            "B80D0120020001000C00B0A00F0E0D00",
            "000080FE000000000000000001000000",
            "00000000000000000000000001000000"),
        said.lines().toList());
  }

  private static Object[] and(Object[] arguments, Object... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
  }

  @Test
  void waitsForNothingItDoesNotKnow() {
    assertTrue(
        host.refusal(new WaitForModule(), "port", 9L, "exclude_hosts", "a").contains("drained"));
    assertTrue(
        host.refusal(
                new WaitForModule(),
                "port",
                9L,
                "state",
                "drained",
                "active_connection_states",
                "X")
            .contains("such as ESTABLISHED"));
    assertTrue(
        host.refusal(new WaitForModule(), "path", "/x", "search_regex", "(").contains("regular"));
    host.checking = true;
    assertInstanceOf(Outcome.Skipped.class, host.run(new WaitForModule(), "port", 9L));
    assertEquals(0, host.roundTrips);
  }
}
