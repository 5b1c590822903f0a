package kk.standin.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request as the handlers see it.
public final class Request {
  private final HttpExchange exchange;
  private final Map<String, List<String>> query;
  private Map<String, String> names = Map.of();

  Request(HttpExchange exchange) {
    this.exchange = exchange;
    this.query = parse(exchange.getRequestURI().getRawQuery());
  }

  private static Map<String, List<String>> parse(@Nullable String text) {
    Map<String, List<String>> values = new TreeMap<>();
    for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&", -1)) {
      String[] halves = pair.split("=", 2);
      values
          .computeIfAbsent(decoded(halves[0]), _ -> new ArrayList<>())
          .add(halves.length < 2 ? "" : decoded(halves[1]));
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  public String method() {
    return exchange.getRequestMethod();
  }

  /// Whether the method is one that changes nothing.
  public boolean isSafe() {
    return switch (method()) {
      case "GET", "HEAD", "OPTIONS" -> true;
      default -> false;
    };
  }

  /// The path, decoded once.
  public String path() {
    return exchange.getRequestURI().getPath();
  }

  /// Path and query as they were sent.
  public String rawTarget() {
    String raw = exchange.getRequestURI().getRawQuery();
    return exchange.getRequestURI().getRawPath() + (raw == null ? "" : "?" + raw);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  public Map<String, List<String>> headers() {
    return exchange.getRequestHeaders();
  }

  public Optional<String> cookie(String name) {
    return header("Cookie").stream()
        .flatMap(line -> List.of(line.split(";\\s*", -1)).stream())
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst();
  }

  /// The first value of a parameter; nothing for an empty one.
  public Optional<String> parameter(String name) {
    return parameters(name).stream().findFirst().filter(value -> !value.isEmpty());
  }

  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  public InputStream body() {
    return exchange.getRequestBody();
  }

  public byte[] bytes() throws IOException {
    return body().readAllBytes();
  }

  public JsonNode json() throws IOException {
    return Json.read(bytes());
  }

  /// The body as a record; fields it does not have are ignored, as Harbor does.
  public <T> T as(Class<T> type) throws IOException {
    return Json.as(type, json());
  }

  /// The part of the path that the route names so.
  public String name(String name) {
    return names.getOrDefault(name, "");
  }

  /// The same when it is a number.
  public long id(String name) {
    try {
      return Long.parseLong(name(name));
    } catch (NumberFormatException e) {
      throw Refusal.badRequest(name + " in path must be a number, and is " + name(name));
    }
  }

  void names(Map<String, String> found) {
    names = Map.copyOf(found);
  }
}
