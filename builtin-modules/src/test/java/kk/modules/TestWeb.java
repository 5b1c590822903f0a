package kk.modules;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// A web server that answers as its paths say: `/status/404`, `/to/302?ADDRESS`, `/login` for `u`
/// with `p`, `/packed`, `/cookie`, and texts that a test has put there.
final class TestWeb implements AutoCloseable {
  /// What a client asked for.
  record Request(String line, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  final Map<String, String> texts = new LinkedHashMap<>();
  final String base;
  private final HttpServer server;

  TestWeb() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/", this::answer);
    server.start();
  }

  /// The same server under another name, so another one for who is careful.
  String elsewhere() {
    return base.replace("127.0.0.1", "localhost");
  }

  /// Arguments of a module that asks for a path here.
  Object[] with(String path, Object... more) {
    return Stream.concat(Stream.of("url", base + path), Stream.of(more)).toArray();
  }

  Request last() {
    return requests.getLast();
  }

  /// Methods and paths of all requests so far.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    requests.forEach(request -> lines.add(request.line()));
    return lines;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    String path = exchange.getRequestURI().getPath();
    requests.add(
        new Request(
            exchange.getRequestMethod() + " " + path,
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)));
    Headers answer = exchange.getResponseHeaders();
    answer.add("Content-Type", "text/plain");
    byte[] body = texts.getOrDefault(path, "text\n").getBytes(StandardCharsets.ISO_8859_1);
    int status = 200;
    if (path.matches("/status/\\d+")) {
      status = Integer.parseInt(path.substring(8));
    } else if (path.matches("/to/\\d+")) {
      status = Integer.parseInt(path.substring(4));
      answer.add("Location", exchange.getRequestURI().getQuery());
    } else if (path.equals("/login") && !"Basic dTpw".equals(headers.get("Authorization"))) {
      status = 401;
      answer.add("WWW-Authenticate", "Basic realm=\"here\"");
    } else if (path.equals("/packed")) {
      answer.add("Content-Encoding", "gzip");
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(body);
      }
      body = packed.toByteArray();
    } else if (path.equals("/cookie")) {
      answer.add("Set-Cookie", "a=1; Path=/");
      answer.add("Set-Cookie", "b=\"x y\"; HttpOnly");
    } else if (path.equals("/named")) {
      answer.add("Content-Disposition", "attachment; filename=\"../called.txt\"");
    } else if (path.equals("/old") && headers.containsKey("If-modified-since")) {
      status = 304;
    }
    boolean none = status == 304 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
