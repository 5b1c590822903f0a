package kk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks a stand-in what a user of Harbor would ask it, without cookies.
final class Client {
  static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /// A status, headers, and a body.
  record Reply(int status, HttpResponse<String> http) {
    JsonNode json() {
      try {
        return JSON.readTree(http.body());
      } catch (IOException e) {
        throw new AssertionError(http.body(), e);
      }
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    long id() {
      return Long.parseLong(header("Location").replaceAll(".*/", ""));
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String login;

  /// @param login `user:password`; empty for nobody
  Client(HarborStandIn harbor, String login) {
    this.base = harbor.url();
    this.login = login;
  }

  static Client admin(HarborStandIn harbor) {
    return new Client(harbor, "admin:" + HarborStandIn.PASSWORD);
  }

  private String basic() {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  Reply get(String path) {
    return send("GET", path, "");
  }

  /// @param headers name, value, name, value
  Reply send(String method, String path, String body, String... headers) {
    String place =
        path.startsWith("/v2") || path.startsWith("/service") || path.equals("/api/version")
            ? path
            : "/api/v2.0" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(place)).method(method, BodyPublishers.ofString(body));
    if (!login.isEmpty()) {
      request.header("Authorization", basic());
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private Reply send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return new Reply(answer.statusCode(), answer);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// A request of the distribution protocol, with a token from where the challenge says.
  Reply docker(String method, String path, String type, byte[] body) {
    HttpRequest.Builder bare =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofByteArray(body));
    Reply first = send(bare.build());
    if (first.status() != 401) {
      return first;
    }
    String token = token(first.header("Www-Authenticate"));
    return send(bare.header("Authorization", "Bearer " + token).build());
  }

  /// A token as a challenge asks for.
  String token(String challenge) {
    Matcher parameters = PARAMETER.matcher(challenge);
    String realm = "";
    StringBuilder query = new StringBuilder();
    while (parameters.find()) {
      if (parameters.group(1).equals("realm")) {
        realm = parameters.group(2);
      } else {
        query.append(parameters.group()).append('&');
      }
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(realm + "?" + query.toString().replace("\"", "")));
    if (!login.isEmpty()) {
      request.header("Authorization", basic());
    }
    Reply answer = send(request.build());
    return answer.json().path("token").asText();
  }

  /// Pushes an image of one layer with this text, and returns its digest.
  String push(String repository, String tag, String text) {
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                IMAGE,
                blob(repository, "application/vnd.oci.image.config.v1+json", "{}"),
                blob(repository, "application/vnd.oci.image.layer.v1.tar", text));
    return manifest(repository, tag.isEmpty() ? digest(manifest) : tag, IMAGE, manifest);
  }

  String manifest(String repository, String reference, String type, String manifest) {
    String path = "/v2/" + repository + "/manifests/" + reference;
    Reply put = docker("PUT", path, type, manifest.getBytes(StandardCharsets.UTF_8));
    if (put.status() != 201) {
      throw new AssertionError(put.status() + " " + put.http().body());
    }
    return put.header("Docker-Content-Digest");
  }

  private String blob(String repository, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Reply begun = docker("POST", "/v2/" + repository + "/blobs/uploads/", type, new byte[0]);
    String place = begun.header("Location") + "?digest=" + digest(text);
    Reply put =
        docker(
            "PUT",
            place.replace(
                "?digest", place.indexOf('?') < place.lastIndexOf('?') ? "&digest" : "?digest"),
            type,
            bytes);
    if (put.status() != 201) {
      throw new AssertionError(begun.status() + ", " + put.status() + " " + put.http().body());
    }
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest(text), bytes.length);
  }

  static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return "sha256:"
          + HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
