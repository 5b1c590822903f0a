package kk.standin.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import kk.standin.core.State.Credential;
import kk.standin.core.State.Peer;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import org.jspecify.annotations.Nullable;

/// `/registries`: the peers that policies copy to. One is taken only when it is healthy: when it
/// answers `GET /v2/` with a token from the realm that it names itself.
final class PeersApi {
  private record Login(
      @Nullable String type, @Nullable String accessKey, @Nullable String accessSecret) {
    static final Login NONE = new Login(null, null, null);
  }

  /// A POST has the login in `credential`, a PUT has it flat.
  private record Wanted(
      @Nullable Long id,
      @Nullable String name,
      @Nullable String description,
      @Nullable String type,
      @Nullable String url,
      @Nullable Boolean insecure,
      @Nullable Login credential,
      @Nullable String credentialType,
      @Nullable String accessKey,
      @Nullable String accessSecret) {
    Optional<Login> nested() {
      return Optional.ofNullable(credential);
    }

    Login flat() {
      return new Login(credentialType, accessKey, accessSecret);
    }
  }

  private final Store store;
  private final Peers peers;

  PeersApi(Store store, Peers peers, Api api) {
    this.store = store;
    this.peers = peers;
    api.admin("GET", "/registries", this::list);
    api.admin("POST", "/registries", this::create);
    api.admin("POST", "/registries/ping", this::ping);
    api.admin("GET", "/registries/{id}", request -> Answer.json(shown(find(request.id("id")))));
    api.admin("PUT", "/registries/{id}", this::update);
    api.admin("DELETE", "/registries/{id}", this::delete);
  }

  private Peer find(long id) {
    return store.read(state -> require(state, id));
  }

  static Peer require(State state, long id) {
    return state
        .peers
        .find(id)
        .orElseThrow(() -> Refusal.notFound("registry " + id + " not found"));
  }

  private static ObjectNode shown(Peer peer) {
    ObjectNode shown = (ObjectNode) Json.tree(peer);
    shown.withObject("credential").put("access_secret", "*****");
    return shown;
  }

  private Answer list(Request request) {
    String part = request.parameter("name").orElse("");
    return Listing.answer(
        request,
        store.read(
            state ->
                state.peers.all().stream()
                    .filter(peer -> peer.name().contains(part))
                    .map(PeersApi::shown)
                    .toList()));
  }

  private Answer create(Request request) throws IOException, InterruptedException {
    Wanted wanted = request.as(Wanted.class);
    Peer peer = merged(blank(), wanted, wanted.nested().orElse(Login.NONE));
    checkName(peer);
    requireHealthy(peer);
    long id = store.change(state -> state.peers.add(peer::numbered)).id();
    return Answer.created(Api.ROOT + "/registries/" + id);
  }

  private Answer update(Request request) throws IOException, InterruptedException {
    Wanted wanted = request.as(Wanted.class);
    Peer peer = merged(find(request.id("id")), wanted, wanted.flat());
    checkName(peer);
    requireHealthy(peer);
    store.update(state -> state.peers.rows.put(peer.id(), peer));
    return Answer.empty(200);
  }

  private Answer ping(Request request) throws IOException, InterruptedException {
    Wanted wanted = request.as(Wanted.class);
    Peer known = wanted.id() == null ? blank() : find(wanted.id());
    requireHealthy(merged(known, wanted, wanted.nested().orElse(wanted.flat())));
    return Answer.empty(200);
  }

  private Answer delete(Request request) {
    store.update(
        state -> {
          long id = require(state, request.id("id")).id();
          if (state
              .policies
              .first(p -> p.destinationPeer() == id || p.sourcePeer() == id)
              .isPresent()) {
            throw new Refusal(Refusal.Code.PRECONDITION, "a replication policy uses the registry");
          }
          state.peers.rows.remove(id);
        });
    return Answer.empty(200);
  }

  private Peer blank() {
    String now = Artifacts.now();
    return new Peer(0, "", "", "", "", false, peers.sealed("basic", "", ""), "healthy", now, now);
  }

  /// What is given counts; what is not stays as it was.
  private Peer merged(Peer old, Wanted wanted, Login login) {
    return new Peer(
        old.id(),
        or(wanted.name(), old.name()),
        or(wanted.description(), old.description()),
        or(wanted.type(), old.type()),
        or(wanted.url(), old.url()).replaceAll("/+$", ""),
        wanted.insecure() == null ? old.insecure() : wanted.insecure(),
        credential(old.credential(), login),
        "healthy",
        old.creationTime(),
        Artifacts.now());
  }

  private Credential credential(Credential old, Login login) {
    String type = or(login.type(), old.type());
    String key = or(login.accessKey(), old.accessKey());
    return login.accessSecret() == null
        ? new Credential(type, key, old.accessSecret())
        : peers.sealed(type, key, login.accessSecret());
  }

  private static String or(@Nullable String given, String usual) {
    return given == null ? usual : given;
  }

  private void checkName(Peer wanted) {
    if (wanted.name().isEmpty() || wanted.name().length() > 64) {
      throw Refusal.badRequest("the name of a registry has 1 to 64 characters");
    }
    if (store.read(
        state ->
            state
                .peers
                .first(p -> p.name().equals(wanted.name()) && p.id() != wanted.id())
                .isPresent())) {
      throw new Refusal(Refusal.Code.CONFLICT, "the registry " + wanted.name() + " exists");
    }
  }

  private void requireHealthy(Peer peer) throws InterruptedException {
    if (!peer.type().equals("harbor")) {
      throw Refusal.badRequest("the stand-in knows registries of type harbor alone");
    }
    try {
      if (!peer.url().matches("https?://[^/]+(/.*)?")) {
        throw Refusal.badRequest("url must begin with http:// or https://");
      }
      peers.registry(peer).check();
    } catch (IOException e) {
      System.out.println("peer " + peer.name() + ": " + e.getMessage());
      throw Refusal.badRequest("the registry is unhealthy");
    }
  }
}
