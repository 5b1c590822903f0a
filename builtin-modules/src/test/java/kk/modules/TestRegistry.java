package kk.modules;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kk.spi.Content;

/// A registry that keeps all in memory: as much of the distribution protocol as pushing and pulling
/// need. Repositories share their contents.
final class TestRegistry implements AutoCloseable {
  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  final Map<String, byte[]> manifests = new ConcurrentHashMap<>();

  /// Each request, as in `PUT /v2/…`.
  final List<String> requests = new CopyOnWriteArrayList<>();

  /// `user:password` to ask for; none when empty.
  volatile String login = "";

  /// How many of the next requests are answered with 503.
  final AtomicInteger failing = new AtomicInteger();

  /// Waited for by everybody who asks for a manifest.
  volatile CountDownLatch gate = new CountDownLatch(0);

  /// How many have been asking at the same time, at most.
  final AtomicInteger mostAtOnce = new AtomicInteger();

  private final AtomicInteger atOnce = new AtomicInteger();
  private final HttpServer server;

  TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  static String digest(byte[] bytes) throws IOException {
    return "sha256:" + FileSource.digest(Content.of(bytes), "SHA-256");
  }

  /// Keeps a content, and returns its descriptor.
  String blob(String type, byte[] bytes) throws IOException {
    blobs.put(digest(bytes), bytes);
    return descriptor(type, bytes);
  }

  /// Keeps a manifest under its digest and a name, and returns its descriptor.
  String manifest(String name, String type, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    manifests.put(digest(bytes), bytes);
    manifests.put(name, bytes);
    return descriptor(type, bytes);
  }

  /// Keeps an image of one layer for a processor under a name, and returns its descriptor.
  String image(String name, String architecture, byte[] layer) throws IOException {
    String config =
        blob(
            "application/vnd.oci.image.config.v1+json",
            "{\"architecture\":\"%s\",\"os\":\"linux\"}"
                .formatted(architecture)
                .getBytes(StandardCharsets.UTF_8));
    return manifest(
        name,
        "application/vnd.oci.image.manifest.v1+json",
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":%s,\"layers\":[%s]}"
            .formatted(config, blob("application/vnd.oci.image.layer.v1.tar", layer)));
  }

  private static String descriptor(String type, byte[] bytes) throws IOException {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest(bytes), bytes.length);
  }

  long sent(String pattern) {
    return requests.stream().filter(request -> request.matches(pattern)).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      await(path);
      requests.add(method + " " + path);
      byte[] body = exchange.getRequestBody().readAllBytes();
      String expected =
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        exchange.sendResponseHeaders(503, -1);
      } else if (!login.isEmpty()
          && !expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (path.contains("/blobs/uploads/")) {
        upload(exchange, method, body);
      } else if (method.equals("PUT")) {
        String reference = path.substring(path.lastIndexOf('/') + 1);
        manifests.put(digest(body), body);
        manifests.put(reference, body);
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest(body));
        exchange.getResponseHeaders().set("Location", path);
        exchange.sendResponseHeaders(201, -1);
      } else {
        give(exchange, method, path);
      }
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private void await(String path) throws IOException {
    if (path.contains("/manifests/")) {
      gate.countDown();
      try {
        if (!gate.await(20, TimeUnit.SECONDS)) {
          throw new IOException("nobody else came");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private void upload(HttpExchange exchange, String method, byte[] body) throws IOException {
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    exchange.getResponseHeaders().set("Location", "/v2/x/blobs/uploads/1");
    if (query.contains("digest=") && (method.equals("PUT") || body.length > 0)) {
      String digest = query.replaceFirst(".*digest=", "").replaceFirst("&.*", "");
      boolean right = digest(body).equals(digest);
      if (right) {
        blobs.put(digest, body);
      }
      exchange.sendResponseHeaders(right ? 201 : 400, -1);
    } else {
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private void give(HttpExchange exchange, String method, String path) throws IOException {
    String reference = path.substring(path.lastIndexOf('/') + 1);
    byte[] bytes = (path.contains("/blobs/") ? blobs : manifests).get(reference);
    if (bytes == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    String text = new String(bytes, 0, Math.min(200, bytes.length), StandardCharsets.UTF_8);
    String type =
        !path.contains("/manifests/")
            ? "application/octet-stream"
            : text.contains("image.index")
                ? "application/vnd.oci.image.index.v1+json"
                : "application/vnd.oci.image.manifest.v1+json";
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange
        .getResponseHeaders()
        .set("Docker-Content-Digest", reference.startsWith("sha256:") ? reference : digest(bytes));
    exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
    exchange.sendResponseHeaders(200, method.equals("HEAD") ? -1 : bytes.length);
    if (!method.equals("HEAD")) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
