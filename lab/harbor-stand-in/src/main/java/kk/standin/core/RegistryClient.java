package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.standin.http.Json;
import kk.standin.http.Refusal;

/// The distribution protocol from the client's side, against the own registry or a peer. How to log
/// in is what the registry's challenge says: basic credentials, or a token from the realm it names.
final class RegistryClient {
  /// A manifest as it lies in a registry.
  ///
  /// @param text never changed: the digest is that of its bytes
  record Manifest(String mediaType, String digest, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Digests and sizes of the configuration and the layers; empty for an index.
    List<Blob> blobs() {
      JsonNode json = Json.read(bytes());
      List<Blob> blobs = new ArrayList<>();
      if (json.has("config")) {
        blobs.add(Blob.of(json.get("config")));
      }
      json.path("layers").forEach(layer -> blobs.add(Blob.of(layer)));
      return blobs;
    }

    /// Digests of the manifests that an index names.
    List<String> children() {
      List<String> digests = new ArrayList<>();
      Json.read(bytes()).path("manifests").forEach(m -> digests.add(m.path("digest").asText()));
      return digests;
    }
  }

  record Blob(String digest, long size) {
    static Blob of(JsonNode descriptor) {
      return new Blob(descriptor.path("digest").asText(), descriptor.path("size").asLong());
    }
  }

  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final String MANIFESTS =
      "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json,"
          + "application/vnd.oci.image.manifest.v1+json,application/vnd.oci.image.index.v1+json";

  private final HttpClient http;
  private final URI base;
  private final String basic;
  private final Map<String, String> authorizations = new ConcurrentHashMap<>();

  RegistryClient(HttpClient http, URI base, String user, String password) {
    this.http = http;
    this.base = base;
    this.basic = basic(user, password);
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /// Fails when the registry does not answer, or does not take the credentials.
  void check() throws IOException, InterruptedException {
    expect(200, send(request("GET", "/v2/", "")));
  }

  Optional<String> digest(String repository, String reference)
      throws IOException, InterruptedException {
    HttpResponse<?> answer = send(manifest("HEAD", repository, reference));
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    expect(200, answer);
    return answer.headers().firstValue("Docker-Content-Digest");
  }

  Manifest manifest(String repository, String reference) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(manifest("GET", repository, reference));
    expect(200, answer);
    try (InputStream body = answer.body()) {
      return new Manifest(
          answer.headers().firstValue("Content-Type").orElse(""),
          answer.headers().firstValue("Docker-Content-Digest").orElse(reference),
          new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private HttpRequest manifest(String method, String repository, String reference)
      throws IOException, InterruptedException {
    return request(method, "/v2/" + repository + "/manifests/" + reference, pull(repository))
        .header("Accept", MANIFESTS)
        .build();
  }

  void put(String repository, String reference, Manifest manifest)
      throws IOException, InterruptedException {
    String path = "/v2/" + repository + "/manifests/" + reference;
    HttpRequest request =
        request("PUT", path, push(repository))
            .method("PUT", BodyPublishers.ofByteArray(manifest.bytes()))
            .header("Content-Type", manifest.mediaType())
            .build();
    expect(201, send(request));
  }

  void delete(String repository, String digest) throws IOException, InterruptedException {
    String path = "/v2/" + repository + "/manifests/" + digest;
    HttpResponse<?> answer = send(request("DELETE", path, push(repository)));
    if (answer.statusCode() != 404) {
      expect(202, answer);
    }
  }

  boolean has(String repository, Blob blob) throws IOException, InterruptedException {
    String path = "/v2/" + repository + "/blobs/" + blob.digest();
    return send(request("HEAD", path, pull(repository))).statusCode() == 200;
  }

  /// Streams a blob from another registry, unless it is here.
  void copy(String repository, Blob blob, RegistryClient source, String from)
      throws IOException, InterruptedException {
    if (has(repository, blob)) {
      return;
    }
    String uploads = "/v2/" + repository + "/blobs/uploads/";
    HttpResponse<?> begun = send(request("POST", uploads, push(repository)));
    expect(202, begun);
    String location = begun.headers().firstValue("Location").orElse("");
    URI upload =
        base.resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + blob.digest());
    HttpResponse<InputStream> read =
        source.send(source.request("GET", "/v2/" + from + "/blobs/" + blob.digest(), pull(from)));
    try (InputStream body = read.body()) {
      expect(200, read);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(upload)
              .header("Content-Type", "application/octet-stream")
              .PUT(
                  blob.size() == 0
                      ? BodyPublishers.noBody()
                      : BodyPublishers.fromPublisher(
                          BodyPublishers.ofInputStream(() -> body), blob.size()));
      authorize(request, push(repository));
      expect(201, send(request.build()));
    }
  }

  private static String pull(String repository) {
    return "repository:" + repository + ":pull";
  }

  private static String push(String repository) {
    return "repository:" + repository + ":pull,push,delete";
  }

  private HttpRequest.Builder request(String method, String path, String scope)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofMinutes(15))
            .method(method, BodyPublishers.noBody());
    authorize(request, scope);
    return request;
  }

  private void authorize(HttpRequest.Builder request, String scope)
      throws IOException, InterruptedException {
    String known = authorizations.get(scope);
    if (known == null) {
      known = authorization(scope);
      authorizations.put(scope, known);
    }
    if (!known.isEmpty()) {
      request.header("Authorization", known);
    }
  }

  /// The header that the registry's challenge asks for.
  private String authorization(String scope) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/v2/")).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<InputStream> answer = send(request);
    String challenge = answer.headers().firstValue("WWW-Authenticate").orElse("");
    if (answer.statusCode() != 401) {
      expect(200, answer);
      return "";
    }
    return challenge.startsWith("Bearer ") ? "Bearer " + token(challenge, scope) : basic;
  }

  private String token(String challenge, String scope) throws IOException, InterruptedException {
    Map<String, String> found = new HashMap<>();
    Matcher parameters = PARAMETER.matcher(challenge);
    while (parameters.find()) {
      found.put(parameters.group(1), parameters.group(2));
    }
    String query =
        "?service="
            + encoded(found.getOrDefault("service", ""))
            + (scope.isEmpty() ? "" : "&scope=" + encoded(scope));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(found.getOrDefault("realm", "") + query))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", basic)
            .build();
    HttpResponse<InputStream> answer = send(request);
    expect(200, answer);
    try (InputStream body = answer.body()) {
      return Json.read(body.readAllBytes()).path("token").asText();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return send(request.build());
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (Refusal | IllegalArgumentException e) {
      throw new IOException(request.method() + " " + request.uri() + ": no sense in it", e);
    }
  }

  private static void expect(int status, HttpResponse<?> answer) throws IOException {
    if (answer.statusCode() != status) {
      HttpRequest request = answer.request();
      throw new IOException(
          request.method() + " " + request.uri() + ": http status " + answer.statusCode());
    }
  }
}
