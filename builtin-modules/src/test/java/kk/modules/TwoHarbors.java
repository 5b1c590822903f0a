package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import kk.spi.Secret;
import kk.standin.HarborStandIn;
import org.junit.jupiter.api.AfterEach;

/// What tests with two stand-ins for Harbor in this process have in common. The host talks to them
/// with its own curl.
abstract class TwoHarbors {
  final TestHost host;
  final List<HarborStandIn> open = new ArrayList<>();
  final HarborStandIn one = opened(HarborStandIn.start());
  final HarborStandIn two = opened(HarborStandIn.start());
  final Cable toOne = new Cable(one.url().getPort());
  final Cable toTwo = new Cable(two.url().getPort());

  /// What the administrator's password is taken to be.
  String password = HarborStandIn.PASSWORD;

  private final HttpClient http = HttpClient.newHttpClient();

  TwoHarbors(Path directory) throws IOException {
    host = new TestHost(directory);
  }

  /// Another one, which is stopped with them.
  final HarborStandIn opened(HarborStandIn harbor) {
    open.add(harbor);
    return harbor;
  }

  @AfterEach
  void stop() {
    toOne.close();
    toTwo.close();
    open.forEach(HarborStandIn::close);
    http.close();
  }

  /// Arguments of a module that talks to a Harbor.
  Object[] at(HarborStandIn harbor, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("url", harbor.url().toString()));
    arguments.addAll(List.of("password", password));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  /// Makes them a pair that copies both ways.
  void introduce() {
    host.run(new HarborPeerModule(), peerAt(one, "two", toTwo));
    host.run(new HarborPeerModule(), peerAt(two, "one", toOne));
  }

  /// Arguments that introduce a Harbor by a line that can be cut.
  Object[] peerAt(HarborStandIn harbor, String name, Cable line) {
    String url = "http://127.0.0.1:" + line.port();
    return at(harbor, "name", name, "peer_url", url, "peer_password", password);
  }

  Object[] sync(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(at(two, more)));
    arguments.addAll(List.of("source", one.url().toString(), "source_name", "one", "name", "two"));
    arguments.addAll(List.of("records", host.path("records")));
    return arguments.toArray();
  }

  String push(HarborStandIn harbor, String repository, String tag) throws Exception {
    return push(harbor, repository, tag, repository + tag);
  }

  /// Pushes an image without layers, different for each text.
  String push(HarborStandIn harbor, String repository, String tag, String text) throws Exception {
    byte[] config =
        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\""
                + text
                + "\"]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
            .getBytes(StandardCharsets.UTF_8);
    String path = "/v2/" + repository;
    HttpResponse<String> begun = send(harbor, "POST", path + "/blobs/uploads/", "", new byte[0]);
    String place = begun.headers().firstValue("Location").orElseThrow();
    String separator = place.contains("?") ? "&" : "?";
    assertEquals(
        201,
        send(
                harbor,
                "PUT",
                place + separator + "digest=" + digest(config),
                "application/octet-stream",
                config)
            .statusCode());
    String type = "application/vnd.docker.distribution.manifest.v2+json";
    byte[] manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},"layers":[]}"""
            .formatted(type, config.length, digest(config))
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(201, send(harbor, "PUT", path + "/manifests/" + tag, type, manifest).statusCode());
    return digest(manifest);
  }

  void delete(HarborStandIn harbor, String repository, String tag) throws Exception {
    int slash = repository.indexOf('/');
    String path =
        "/api/v2.0/projects/%s/repositories/%s/artifacts/%s"
            .formatted(repository.substring(0, slash), repository.substring(slash + 1), tag);
    assertEquals(200, send(harbor, "DELETE", path, "", new byte[0]).statusCode());
  }

  /// Sends a request with the password.
  HttpResponse<String> send(
      HarborStandIn harbor, String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    String login = "admin:" + password;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(harbor.url().resolve(URI.create(path)))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private HarborContents contents(HarborStandIn harbor) throws Exception {
    HarborLogin login =
        new HarborLogin(harbor.url().toString(), "admin", new Secret(password), Optional.empty());
    return HarborContents.read(new HarborApi(host, login));
  }

  /// Waits until a Harbor has images (`library/app:1=` and how a digest begins), or has them no
  /// longer (`!library/app:1`).
  void awaitContents(HarborStandIn harbor, String... wanted) throws Exception {
    String found = "";
    for (int attempt = 0; attempt < 100; attempt++) {
      List<String> all = new ArrayList<>();
      contents(harbor)
          .repositories()
          .forEach(
              (name, repository) ->
                  repository
                      .tags()
                      .forEach((tag, digest) -> all.add(name + ":" + tag + "=" + digest)));
      found = all.toString();
      boolean there = true;
      for (String each : wanted) {
        boolean absent = each.startsWith("!");
        String start = absent ? each.substring(1) + "=" : each;
        there &= all.stream().anyMatch(image -> image.startsWith(start)) != absent;
      }
      if (there) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(List.of(wanted) + " in " + found);
  }

  /// Waits until the last of what a Harbor handed on has ended so.
  void awaitLast(HarborStandIn harbor, String status) throws Exception {
    for (int attempt = 0; attempt < 100; attempt++) {
      Object known = host.unchanged(new HarborInfoModule(), at(harbor));
      if (Json.text(known, "peers", 0, "last").equals(status)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("nothing " + status);
  }
}
