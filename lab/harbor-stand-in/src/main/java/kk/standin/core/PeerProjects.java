package kk.standin.core;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import kk.standin.http.Json;

/// The REST API of a peer, as far as replication needs it.
final class PeerProjects {
  private final HttpClient http;
  private final String url;
  private final String authorization;

  PeerProjects(HttpClient http, String url, String authorization) {
    this.http = http;
    this.url = url;
    this.authorization = authorization;
  }

  /// Makes the project of a repository unless it is there. Of its metadata only `public` goes
  // along.
  void require(String repository, boolean open) throws IOException, InterruptedException {
    String name = repository.substring(0, repository.indexOf('/'));
    if (send("HEAD", "/projects?project_name=" + encoded(name), new byte[0], Set.of(200, 404))
        == 200) {
      return;
    }
    byte[] project =
        Json.bytes(
            Map.of("project_name", name, "metadata", Map.of("public", Boolean.toString(open))));
    send("POST", "/projects", project, Set.of(201, 409));
  }

  /// False when it was not there.
  boolean delete(String repository, String reference) throws IOException, InterruptedException {
    String path = path(repository, reference);
    return send("DELETE", path, new byte[0], Set.of(200, 404)) == 200;
  }

  /// False when it was not there.
  boolean untag(String repository, String tag) throws IOException, InterruptedException {
    String path = path(repository, tag) + "/tags/" + tag;
    return send("DELETE", path, new byte[0], Set.of(200, 404)) == 200;
  }

  private static String path(String repository, String reference) {
    int slash = repository.indexOf('/');
    return "/projects/"
        + repository.substring(0, slash)
        + "/repositories/"
        + encoded(encoded(repository.substring(slash + 1)))
        + "/artifacts/"
        + reference;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private int send(String method, String path, byte[] body, Set<Integer> expected)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + Api.ROOT + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Authorization", authorization)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    String what = method + " " + request.uri();
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (!expected.contains(status)) {
        throw new IOException(what + ": http status " + status);
      }
      return status;
    } catch (java.net.ConnectException | java.net.http.HttpTimeoutException e) {
      throw new IOException(what + ": the peer does not answer", e);
    }
  }
}
