package kk.standin.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which handler answers which request. The path is decoded once and then taken apart at its
/// slashes: a slash inside a name must be encoded twice, as with Harbor.
public final class Router {
  /// Answers a request whose path it named.
  @FunctionalInterface
  public interface Handler {
    Answer handle(Request request) throws IOException, InterruptedException;
  }

  private record Route(String method, List<String> pattern, Handler handler) {
    Optional<Map<String, String>> match(List<String> path) {
      if (path.size() != pattern.size()) {
        return Optional.empty();
      }
      Map<String, String> names = new HashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String part = pattern.get(i);
        if (part.startsWith("{")) {
          names.put(part.substring(1, part.length() - 1), path.get(i));
        } else if (!part.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(names);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /// A pattern like `/projects/{project}/repositories`; the first that matches counts.
  public void add(String method, String pattern, Handler handler) {
    routes.add(new Route(method, parts(pattern), handler));
  }

  /// Handlers of GET answer HEAD too, where there is no other.
  public Optional<Handler> find(Request request) {
    Optional<Handler> found = find(request, request.method());
    return found.isEmpty() && request.method().equals("HEAD") ? find(request, "GET") : found;
  }

  private Optional<Handler> find(Request request, String method) {
    List<String> path = parts(request.path());
    for (Route route : routes) {
      Optional<Map<String, String>> names = route.match(path);
      if (route.method.equals(method) && names.isPresent()) {
        request.names(names.get());
        return Optional.of(route.handler);
      }
    }
    return Optional.empty();
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }
}
