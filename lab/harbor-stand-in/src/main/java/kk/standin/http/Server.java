package kk.standin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kk.standin.http.Router.Handler;

/// An HTTP server, a virtual thread a request. One line a request goes to standard output.
public final class Server implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final boolean chatty;

  /// Takes the port; who connects waits until it is started.
  ///
  /// @param chatty whether it tells each request on standard output
  public Server(InetSocketAddress address, boolean chatty) throws IOException {
    this.chatty = chatty;
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
  }

  /// Begins to answer; what came before waits.
  public void start(Handler handler) {
    server.createContext("/", exchange -> serve(exchange, handler));
    server.start();
    if (chatty) {
      System.out.println("stand-in listens on port " + port());
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange, handler);
      if (chatty) {
        System.out.printf(
            "%s %s %d%n", exchange.getRequestMethod(), exchange.getRequestURI(), answer.status());
      }
      send(exchange, answer);
    }
  }

  private static Answer answer(HttpExchange exchange, Handler handler) {
    try {
      return handler.handle(new Request(exchange));
    } catch (Refusal e) {
      return e.answer();
    } catch (IOException | RuntimeException e) {
      System.out.println("failed: " + e);
      return new Refusal(Refusal.Code.UNKNOWN, "unexpected: " + e.getClass().getSimpleName())
          .answer();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Refusal(Refusal.Code.UNKNOWN, "interrupted").answer();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
      exchange.getResponseHeaders().put(header.getKey(), header.getValue());
    }
    boolean bodiless =
        exchange.getRequestMethod().equals("HEAD")
            || answer.status() == 204
            || answer.status() == 304;
    if (bodiless && answer.length() >= 0 && answer.status() != 204) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(answer.length()));
    }
    long length = answer.length() < 0 ? 0 : answer.length() == 0 ? -1 : answer.length();
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : length);
    try (var body = answer.body();
        OutputStream out = exchange.getResponseBody()) {
      if (!bodiless) {
        body.transferTo(out);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
