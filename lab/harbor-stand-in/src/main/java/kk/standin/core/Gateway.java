package kk.standin.core;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kk.standin.core.RegistryClient.Manifest;
import kk.standin.core.Tokens.Scope;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;

/// The distribution protocol in front of the registry: who may do what is decided here, contents
/// stream through, and pushes and deletions are recorded.
final class Gateway {
  private static final Pattern PATH =
      Pattern.compile(
          "/v2/(?<name>.+?)/(manifests/(?<reference>[^/]+)|blobs/.+|(?<tags>tags/list))");
  private static final Set<String> NOT_FORWARDED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "cookie",
          "expect",
          "host",
          "transfer-encoding",
          "upgrade");
  private static final String VERSION = "Docker-Distribution-Api-Version";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Settings.Registry registry;
  private final Store store;
  private final Accounts accounts;
  private final Tokens tokens;
  private final Artifacts artifacts;
  private final String realm;

  Gateway(
      Settings.Registry registry,
      Store store,
      Accounts accounts,
      Tokens tokens,
      Artifacts artifacts,
      String externalUrl) {
    this.registry = registry;
    this.store = store;
    this.accounts = accounts;
    this.tokens = tokens;
    this.artifacts = artifacts;
    this.realm = externalUrl + "/service/token";
  }

  Answer answer(Request request) throws IOException, InterruptedException {
    Matcher path = PATH.matcher(request.path());
    boolean named = path.matches();
    String name = named ? path.group("name") : "";
    try {
      authorize(request, name);
    } catch (Refusal refusal) {
      return refusal.answer().status() == 401
          ? challenged(refusal, request, name)
          : refusal.answer();
    }
    if (!request.isSafe() && store.read(state -> state.is("read_only"))) {
      throw new Refusal(Refusal.Code.DENIED, "the system is read-only");
    }
    if (!named) {
      return rootOrCatalog(request);
    }
    if (path.group("tags") != null) {
      return tags(name);
    }
    return Optional.ofNullable(path.group("reference")).isPresent()
        ? manifest(request, name, path.group("reference"))
        : forward(request, request.rawTarget(), body(request));
  }

  private static String action(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> "pull";
      case "DELETE" -> "delete";
      default -> "push";
    };
  }

  private void authorize(Request request, String name) {
    String header = request.header("Authorization").orElse("");
    String action = action(request);
    boolean allowed;
    if (header.startsWith("Bearer ")) {
      List<Scope> scopes = tokens.verify(header.substring(7));
      allowed =
          name.isEmpty()
              ? !request.path().equals("/v2/_catalog") || grants(scopes, "registry", "catalog", "*")
              : grants(scopes, "repository", name, action);
    } else {
      Caller caller = accounts.caller(request);
      allowed =
          name.isEmpty()
              ? !(caller instanceof Caller.Anonymous)
                  && (!request.path().equals("/v2/_catalog") || caller instanceof Caller.Admin)
              : store.read(state -> Permissions.allows(caller, state, name, action));
    }
    if (!allowed) {
      throw Refusal.unauthorized(
          "unauthorized to " + action + " " + (name.isEmpty() ? "here" : name));
    }
  }

  private static boolean grants(List<Scope> scopes, String type, String name, String action) {
    return scopes.stream()
        .anyMatch(
            scope ->
                scope.type().equals(type)
                    && scope.name().equals(name)
                    && scope.actions().contains(action));
  }

  private Answer challenged(Refusal refusal, Request request, String name) {
    String action =
        request.isSafe() ? "pull" : request.method().equals("DELETE") ? "delete" : "pull,push";
    String scope = name.isEmpty() ? "" : ",scope=\"repository:" + name + ":" + action + "\"";
    return refusal
        .answer()
        .with(
            "Www-Authenticate",
            "Bearer realm=\"" + realm + "\",service=\"" + Tokens.SERVICE + "\"" + scope)
        .with(VERSION, "registry/2.0");
  }

  private Answer rootOrCatalog(Request request) {
    return switch (request.path()) {
      case "/v2/" -> Answer.json(Json.object()).with(VERSION, "registry/2.0");
      case "/v2/_catalog" ->
          Answer.json(
              Map.of(
                  "repositories", store.read(state -> List.copyOf(state.repositories.keySet()))));
      default -> throw Refusal.notFound(request.path() + " not found");
    };
  }

  private Answer tags(String name) {
    List<String> tags =
        store.read(
            state ->
                Artifacts.require(state, name).artifacts().values().stream()
                    .flatMap(artifact -> artifact.tags().keySet().stream())
                    .sorted()
                    .toList());
    return Answer.json(Map.of("name", name, "tags", tags));
  }

  private Answer manifest(Request request, String name, String reference)
      throws IOException, InterruptedException {
    String digest =
        request.method().equals("PUT")
            ? reference
            : artifacts
                .find(name, reference)
                .map(State.Artifact::digest)
                .orElseThrow(
                    () -> Refusal.notFound("artifact " + name + ":" + reference + " not found"));
    return switch (request.method()) {
      case "PUT" -> push(request, name, reference);
      case "DELETE" -> {
        if (!reference.startsWith("sha256:")) {
          throw Refusal.badRequest(
              "manifests are deleted by digest, and this is a tag: " + reference);
        }
        artifacts.delete(name, reference);
        yield Answer.empty(202);
      }
      default -> forward(request, "/v2/" + name + "/manifests/" + digest, BodyPublishers.noBody());
    };
  }

  private Answer push(Request request, String name, String reference)
      throws IOException, InterruptedException {
    byte[] manifest = request.bytes();
    Answer answer = forward(request, request.rawTarget(), BodyPublishers.ofByteArray(manifest));
    if (answer.status() == 201) {
      String digest =
          answer.headers().getOrDefault("Docker-Content-Digest", List.of("")).getFirst();
      artifacts.pushed(
          name,
          reference,
          new Manifest(
              request.header("Content-Type").orElse(""),
              digest,
              new String(manifest, StandardCharsets.UTF_8)));
    }
    return answer;
  }

  private static BodyPublisher body(Request request) {
    long length = request.header("Content-Length").map(Long::parseLong).orElse(-1L);
    boolean chunked = request.header("Transfer-Encoding").isPresent();
    if (length <= 0 && !chunked) {
      return BodyPublishers.noBody();
    }
    BodyPublisher stream = BodyPublishers.ofInputStream(request::body);
    return chunked ? stream : BodyPublishers.fromPublisher(stream, length);
  }

  private Answer forward(Request request, String target, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(registry.url().resolve(target))
            .header("Authorization", RegistryClient.basic(registry.user(), registry.password()))
            .method(request.method(), body);
    request
        .headers()
        .forEach(
            (header, values) -> {
              if (!NOT_FORWARDED.contains(header.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> forwarded.header(header, value));
              }
            });
    HttpResponse<InputStream> answer = http.send(forwarded.build(), BodyHandlers.ofInputStream());
    return new Answer(
        answer.statusCode(),
        answer.headers().map().entrySet().stream()
            .filter(header -> !NOT_FORWARDED.contains(header.getKey().toLowerCase(Locale.ROOT)))
            .filter(header -> !header.getKey().startsWith(":"))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    this::outside,
                    (a, _) -> a,
                    () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER))),
        answer.body(),
        answer.headers().firstValueAsLong("Content-Length").orElse(-1));
  }

  /// Places of uploads are told without the registry's own address; redirections to a store stay.
  private List<String> outside(Map.Entry<String, List<String>> header) {
    if (!header.getKey().equalsIgnoreCase("Location")) {
      return header.getValue();
    }
    URI place = URI.create(header.getValue().getFirst());
    boolean inner = registry.url().getAuthority().equals(place.getRawAuthority());
    String query = place.getRawQuery() == null ? "" : "?" + place.getRawQuery();
    return List.of(inner ? place.getRawPath() + query : place.toString());
  }
}
