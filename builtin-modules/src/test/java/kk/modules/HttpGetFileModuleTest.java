package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kk.spi.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpGetFileModuleTest {
  private static final String TEXT = "0123456789".repeat(1000);

  /// What a server does with a request.
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final TestHost host;
  private final Path dest;
  private final HttpGetFileModule module = new HttpGetFileModule(Map.of(), Duration.ofMillis(1));
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private final HttpServer server;
  private final String base;

  HttpGetFileModuleTest(@TempDir Path directory) throws IOException {
    host = new TestHost(directory);
    dest = directory.resolve("binaries/a/file.tgz");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Range")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          Optional.ofNullable(answers.poll()).orElse(HttpGetFileModuleTest::whole).to(exchange);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void whole(HttpExchange exchange) throws IOException {
    send(exchange, TEXT, TEXT.length());
  }

  /// Sends the rest that was asked for, and perhaps less of it than it said.
  private static void send(HttpExchange exchange, String text, int end) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"" + text.hashCode() + "\"");
    String range = exchange.getRequestHeaders().getFirst("Range");
    boolean same =
        ("\"" + text.hashCode() + "\"").equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int start = range != null && same ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
    exchange.sendResponseHeaders(start > 0 ? 206 : 200, text.length() - start);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseBody().write(Arrays.copyOfRange(bytes, start, Math.max(start, end)));
    exchange.getResponseBody().flush();
  }

  private static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  private static String sha256(String text) {
    return FileSource.digest(Content.of(text), "SHA-256");
  }

  /// How many files there are in the directory of the download.
  private long files() {
    return host.listing().stream().filter(line -> line.contains("/binaries/a/")).count();
  }

  @Test
  void downloadsOnce() throws IOException {
    Object[] arguments = {"url", base + "/file.tgz", "dest", dest};
    host.onlyChecks(module, arguments);
    assertEquals(List.of(), requests);
    assertEquals(sha256(TEXT), host.changed(module, arguments).get("checksum"));
    assertEquals(TEXT, Files.readString(dest));
    assertEquals("10000 of 10000", host.progressed);
    host.unchanged(module, arguments);
    assertEquals(List.of("/file.tgz null null"), requests);
    assertEquals(1, files());
  }

  @Test
  void goesOnWhereItBroke() throws IOException {
    answers.add(exchange -> send(exchange, TEXT, 4000));
    answers.add(status(503));
    host.changed(module, "url", base + "/f", "dest", dest);
    assertEquals(TEXT, Files.readString(dest));
    assertEquals(List.of("/f null null", "/f bytes=4000- null", "/f bytes=4000- null"), requests);
  }

  @Test
  void startsAgainWhenTheFileIsAnotherNow() throws IOException {
    answers.add(exchange -> send(exchange, "x".repeat(9000), 4000));
    host.changed(module, "url", base + "/f", "dest", dest);
    assertEquals(TEXT, Files.readString(dest));
  }

  @Test
  void keepsWhatArrivedForTheNextRun() throws IOException {
    answers.add(exchange -> send(exchange, TEXT, 4000));
    assertTrue(
        host.failure(module, "url", base + "/f", "dest", dest, "retries", 0L).contains("4000"));
    assertFalse(Files.exists(dest));
    host.changed(module, "url", base + "/f", "dest", dest);
    assertEquals("/f bytes=4000- null", requests.getLast());
    assertEquals(TEXT, Files.readString(dest));
  }

  @Test
  void givesUpAtOnceWhenTheFileIsNotThereAndTriesTheMirror() {
    answers.add(status(404));
    assertTrue(host.failure(module, "url", base + "/f", "dest", dest).contains("404"));
    answers.add(status(404));
    host.changed(module, "url", base + "/f", "dest", dest, "mirrors", List.of(base + "/mirror/f"));
    assertEquals("/mirror/f null null", requests.getLast());
    assertEquals(3, requests.size());
  }

  @Test
  void noticesSilence() {
    answers.add(
        exchange -> {
          send(exchange, TEXT, 100);
          try {
            Thread.sleep(3000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    String failure =
        host.failure(module, "url", base + "/f", "dest", dest, "timeout", 1L, "retries", 0L);
    assertTrue(failure.contains("tried 1 times"), failure);
  }

  @Test
  void takesOnlyTheRightFile() throws IOException {
    String wrong =
        host.failure(
            module, "url", base + "/f", "dest", dest, "checksum", "sha256:" + "0".repeat(64));
    assertTrue(wrong.contains(sha256(TEXT)) && wrong.contains("not kept"), wrong);
    assertEquals(0, files());
    answers.add(
        exchange -> send(exchange, sha256(TEXT) + " *file.tgz\n", sha256(TEXT).length() + 11));
    Object[] published = {
      "url", base + "/file.tgz", "dest", dest, "checksum", "sha256:" + base + "/sums"
    };
    host.changed(module, published);
    host.unchanged(module, published);
    Files.writeString(dest, "damaged");
    host.changed(module, "url", base + "/f", "dest", dest, "checksum", "sha256:" + sha256(TEXT));
    assertEquals(TEXT, Files.readString(dest));
  }

  @Test
  void remembersTheFirstUse() throws IOException {
    Path lock = host.path("binaries/artifacts.lock");
    Object[] arguments = {"url", base + "/f", "dest", dest, "lock", lock};
    Files.createDirectories(dest.getParent());
    Files.writeString(dest, "put there by hand");
    host.checking = true;
    host.unchanged(module, arguments);
    assertFalse(Files.exists(lock));
    host.checking = false;
    host.unchanged(module, arguments);
    assertEquals(sha256("put there by hand") + "  a/file.tgz\n", Files.readString(lock));
    Files.writeString(dest, "something else");
    assertTrue(host.failure(module, arguments).contains("first used"));
    Files.delete(dest);
    assertTrue(host.failure(module, arguments).contains("as expected"));
    Files.delete(lock);
    host.changed(module, arguments);
    assertEquals(sha256(TEXT) + "  a/file.tgz\n", Files.readString(lock));
  }

  @Test
  void bringsFourAtOnce() throws Exception {
    CyclicBarrier four = new CyclicBarrier(4);
    List<Map<String, Object>> files = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(
          exchange -> {
            try {
              four.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IOException(e);
            }
            whole(exchange);
          });
      files.add(Map.of("url", base + "/" + i, "dest", dest + "." + i, "checksum", ""));
    }
    Path lock = host.path("binaries/artifacts.lock");
    Object[] arguments = {"files", files, "lock", lock};
    host.onlyChecks(module, arguments);
    host.changed(module, arguments);
    assertEquals("40000 of 40000", host.progressed);
    assertEquals(4, Files.readAllLines(lock).size());
    host.unchanged(module, arguments);
    assertEquals(4, requests.size());
  }

  @Test
  void oneThatFailsLeavesTheOthersAlone() throws IOException {
    answers.add(status(404));
    List<Map<String, Object>> files =
        List.of(
            Map.of("url", base + "/a", "dest", dest + ".a"),
            Map.of("url", base + "/b", "dest", dest + ".b"));
    String failure = host.failure(module, "files", files);
    assertTrue(failure.contains("404") && !failure.contains("\n"), failure);
    assertEquals(1, files());
    host.changed(module, "files", files);
    assertEquals(2, files());
    assertTrue(
        host.refusal(module, "files", List.of(Map.of("url", base + "/a", "dst", "x")))
            .contains("there is no argument `dst`"));
    assertTrue(
        host.refusal(module, "url", base + "/a", "files", files)
            .contains("give `url` and `dest`, or `files`"));
  }

  @Test
  void keepsCredentialsToTheServerTheyAreFor() {
    String other = base.replace("127.0.0.1", "localhost");
    answers.add(
        exchange -> {
          exchange.getResponseHeaders().set("Location", other + "/there");
          exchange.sendResponseHeaders(302, -1);
        });
    host.changed(module, "url", base + "/f", "dest", dest, "token", "secret");
    assertEquals(List.of("/f null Bearer secret", "/there null null"), requests);
    assertTrue(
        host.refusal(module, "url", "http://example.com/f", "dest", dest, "token", "secret")
            .contains("isn't encrypted"));
    assertTrue(host.refusal(module, "url", "file.tgz", "dest", dest).contains("no address"));
  }

  /// A proxy that asks who it is.
  @Test
  void logsInToAProxy() throws IOException {
    List<String> logins = new ArrayList<>();
    Answer proxy =
        exchange -> {
          String login = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          logins.add(String.valueOf(login));
          if (login == null) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            exchange.sendResponseHeaders(407, -1);
          } else {
            whole(exchange);
          }
        };
    answers.addAll(List.of(proxy, proxy));
    Map<String, String> environment =
        Map.of("http_proxy", base.replace("http://", "http://me:p%40ss@"));
    host.changed(
        new HttpGetFileModule(environment, Duration.ofMillis(1)),
        "url",
        "http://example.invalid/f",
        "dest",
        dest);
    assertEquals(TEXT, Files.readString(dest));
    assertEquals(List.of("null", "Basic bWU6cEBzcw=="), logins);
  }

  @Test
  void doesNotTellThePasswordOfAProxyThatIsWrittenWrong() {
    String failure =
        host.failure(
            new HttpGetFileModule(Map.of("http_proxy", "http://me:p@s/s@x y"), Duration.ZERO),
            "url",
            "http://example.invalid/f",
            "dest",
            dest);
    assertTrue(failure.contains("http_proxy is no address of a proxy"), failure);
    assertFalse(failure.contains("p@s"), failure);
  }

  @Test
  void takesProxiesFromTheEnvironment() {
    EnvironmentProxies proxies =
        new EnvironmentProxies(
            Map.of(
                "https_proxy", "http://proxy:3128",
                "HTTP_PROXY", "other:8080",
                "no_proxy", "internal.example, .lan"));
    assertEquals(
        List.of(
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy", 3128)),
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("other", 8080)),
            Proxy.NO_PROXY,
            Proxy.NO_PROXY,
            Proxy.NO_PROXY),
        List.of(
                "https://a.example",
                "http://a",
                "https://x.internal.example",
                "http://a.lan",
                "http://localhost")
            .stream()
            .map(address -> proxies.select(URI.create(address)).getFirst())
            .toList());
  }
}
