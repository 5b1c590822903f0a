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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import kk.spi.Outcome;
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
}
