package kk.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.standin.http.Answer;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import kk.standin.http.Server;

/// A registry in memory, for a core in-process: the distribution protocol as far as clients of
/// Harbor use it. Contents belong to all repositories.
final class MemoryRegistry implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile(
          "/v2/(?<name>.+?)/(?<kind>manifests|blobs/uploads|blobs)/(?<reference>[^/]*)");

  private record Manifest(String type, String text) {}

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final Server server;

  MemoryRegistry() throws IOException {
    server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false);
    server.start(this::answer);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private Answer answer(Request request) throws IOException {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return Answer.empty(request.path().equals("/v2/") || request.path().equals("/") ? 200 : 404);
    }
    String name = path.group("name");
    String reference = path.group("reference");
    return switch (path.group("kind")) {
      case "manifests" -> manifest(request, name, reference);
      case "blobs" -> blob(request, reference);
      default -> upload(request, name, reference);
    };
  }

  private Answer manifest(Request request, String name, String reference) throws IOException {
    String key = name + "@" + reference;
    switch (request.method()) {
      case "PUT" -> {
        byte[] bytes = request.bytes();
        String digest = digest(bytes);
        Manifest manifest =
            new Manifest(
                request.header("Content-Type").orElse(""),
                new String(bytes, StandardCharsets.UTF_8));
        manifests.put(key, manifest);
        manifests.put(name + "@" + digest, manifest);
        return Answer.created("/v2/" + name + "/manifests/" + digest)
            .with("Docker-Content-Digest", digest);
      }
      case "DELETE" -> {
        return Answer.empty(manifests.remove(key) == null ? 404 : 202);
      }
      default -> {
        Manifest manifest = manifests.get(key);
        return manifest == null
            ? Answer.empty(404)
            : served(manifest.type(), manifest.text().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private Answer blob(Request request, String digest) {
    byte[] bytes = blobs.get(digest);
    if (bytes == null) {
      return Answer.empty(404);
    }
    if (request.method().equals("DELETE")) {
      blobs.remove(digest);
      return Answer.empty(202);
    }
    return served("application/octet-stream", bytes);
  }

  private static Answer served(String type, byte[] bytes) {
    return Answer.bytes(200, type, bytes).with("Docker-Content-Digest", digest(bytes));
  }

  private Answer upload(Request request, String name, String upload) throws IOException {
    if (request.method().equals("POST")) {
      Optional<String> mounted = request.parameter("mount").filter(blobs::containsKey);
      if (mounted.isPresent()) {
        return Answer.created("/v2/" + name + "/blobs/" + mounted.get());
      }
      String begun = UUID.randomUUID().toString();
      uploads.put(begun, new byte[0]);
      return at(202, name, begun, 0);
    }
    byte[] before = uploads.get(upload);
    if (before == null) {
      throw Refusal.notFound("upload " + upload + " is not known");
    }
    byte[] more = request.bytes();
    byte[] whole = Arrays.copyOf(before, before.length + more.length);
    System.arraycopy(more, 0, whole, before.length, more.length);
    if (request.method().equals("PATCH")) {
      uploads.put(upload, whole);
      return at(202, name, upload, whole.length);
    }
    String digest = request.parameter("digest").orElse("");
    if (!digest.equals(digest(whole))) {
      throw Refusal.badRequest("the digest of the upload is another");
    }
    uploads.remove(upload);
    blobs.put(digest, whole);
    return Answer.created("/v2/" + name + "/blobs/" + digest).with("Docker-Content-Digest", digest);
  }

  private Answer at(int status, String name, String upload, int size) {
    return Answer.empty(status)
        .with("Location", url() + "/v2/" + name + "/blobs/uploads/" + upload)
        .with("Docker-Upload-UUID", upload)
        .with("Range", "0-" + Math.max(0, size - 1));
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
