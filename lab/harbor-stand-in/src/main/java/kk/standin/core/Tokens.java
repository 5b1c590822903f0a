package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import org.jspecify.annotations.Nullable;

/// Issues and verifies the tokens that the distribution protocol is used with: JWTs signed with
/// this node's key. What a token allows is decided here, by this node's projects.
final class Tokens {
  static final String SERVICE = "harbor-registry";
  private static final Duration LIFE = Duration.ofMinutes(30);

  /// What a token, or the part of one, is for.
  ///
  /// @param actions what may be done: `pull`, `push`, `delete`, `*`
  record Scope(String type, String name, List<String> actions) {
    static Scope parse(String text) {
      int first = text.indexOf(':');
      int last = text.lastIndexOf(':');
      if (first < 0 || first == last) {
        throw Refusal.badRequest("a scope is TYPE:NAME:ACTIONS, and this is " + text);
      }
      return new Scope(
          text.substring(0, first),
          text.substring(first + 1, last),
          List.of(text.substring(last + 1).split(",", -1)));
    }
  }

  private final Store store;
  private final Accounts accounts;
  private final TokenKey.Source source;
  private @Nullable TokenKey key;

  /// Begins without the key: a wrong one fails when it is used, as with Harbor.
  Tokens(Store store, Accounts accounts, TokenKey.Source source) {
    this.store = store;
    this.accounts = accounts;
    this.source = source;
  }

  private synchronized TokenKey key() throws GeneralSecurityException {
    if (key == null) {
      key = source.read();
    }
    return key;
  }

  /// Answers `GET /service/token`.
  Answer issue(Request request) {
    Caller caller = accounts.caller(request);
    List<Scope> wanted =
        request.parameters("scope").stream()
            .flatMap(value -> Arrays.stream(value.split(" ", -1)))
            .filter(value -> !value.isBlank())
            .map(Scope::parse)
            .toList();
    List<Scope> granted =
        store.read(state -> wanted.stream().map(s -> granted(s, caller, state)).toList());
    Instant now = Instant.now();
    Map<String, Object> claims =
        Map.of(
            "iss", "harbor-token-issuer",
            "sub", caller.name(),
            "aud", request.parameter("service").orElse(SERVICE),
            "iat", now.getEpochSecond(),
            "nbf", now.getEpochSecond(),
            "exp", now.plus(LIFE).getEpochSecond(),
            "jti", UUID.randomUUID().toString(),
            "access", granted.stream().filter(scope -> !scope.actions().isEmpty()).toList());
    String token = signed(claims);
    return Answer.json(
        Map.of(
            "token",
            token,
            "access_token",
            "",
            "expires_in",
            LIFE.toSeconds(),
            "issued_at",
            now.toString()));
  }

  private static Scope granted(Scope wanted, Caller caller, State state) {
    List<String> actions = new ArrayList<>();
    for (String action : wanted.actions()) {
      boolean allowed =
          switch (wanted.type()) {
            case "repository" -> Permissions.allows(caller, state, wanted.name(), action);
            case "registry" -> caller instanceof Caller.Admin;
            default -> false;
          };
      if (allowed) {
        actions.add(action);
      }
    }
    return new Scope(wanted.type(), wanted.name(), actions);
  }

  private String signed(Map<String, Object> claims) {
    try {
      String text =
          encoded(Json.bytes(Map.of("alg", "RS256", "typ", "JWT")))
              + "."
              + encoded(Json.bytes(claims));
      byte[] signature = key().sign(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + encoded(signature);
    } catch (GeneralSecurityException e) {
      throw new Refusal(Refusal.Code.UNKNOWN, String.valueOf(e.getMessage()));
    }
  }

  /// What a token allows; fails when another key signed it, or its time is not now.
  List<Scope> verify(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      String text = parts[0] + "." + parts[1];
      JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      long now = Instant.now().getEpochSecond();
      if (!key()
          .signed(
              text.getBytes(StandardCharsets.US_ASCII), Base64.getUrlDecoder().decode(parts[2]))) {
        throw Refusal.unauthorized("unauthorized: the token was not signed here");
      }
      if (now < claims.path("nbf").asLong() || now >= claims.path("exp").asLong()) {
        throw Refusal.unauthorized("unauthorized: the token is not valid now");
      }
      List<Scope> scopes = new ArrayList<>();
      claims.path("access").forEach(scope -> scopes.add(Json.as(Scope.class, scope)));
      return scopes;
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Refusal.unauthorized("unauthorized: the token cannot be read");
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
