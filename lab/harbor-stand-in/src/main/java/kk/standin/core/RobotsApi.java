package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.standin.core.State.Permission;
import kk.standin.core.State.Robot;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import org.jspecify.annotations.Nullable;

/// `/robots`: accounts of machines. A secret is shown once, when it is made here.
final class RobotsApi {
  private static final long USUAL_LIFE = 30;

  /// A `secret` is not among it: Harbor ignores what the request says.
  private record Wanted(
      @Nullable String name,
      @Nullable String description,
      @Nullable String level,
      @Nullable Long duration,
      boolean disable,
      @Nullable List<Permission> permissions) {}

  private final Store store;

  RobotsApi(Store store, Api api) {
    this.store = store;
    api.admin("GET", "/robots", this::list);
    api.admin("POST", "/robots", this::create);
    api.admin("GET", "/robots/{id}", request -> Answer.json(shown(find(request))));
    api.admin("PUT", "/robots/{id}", this::update);
    api.admin("PATCH", "/robots/{id}", this::secret);
    api.admin("DELETE", "/robots/{id}", this::delete);
  }

  private static Robot require(State state, Request request) {
    return state
        .robots
        .find(request.id("id"))
        .orElseThrow(() -> Refusal.notFound("robot " + request.name("id") + " not found"));
  }

  private Robot find(Request request) {
    return store.read(state -> require(state, request));
  }

  private static JsonNode shown(Robot robot) {
    ObjectNode shown = (ObjectNode) Json.tree(robot);
    shown.remove("secret");
    return shown;
  }

  private Answer list(Request request) {
    return Listing.answer(
        request, store.read(state -> state.robots.all().stream().map(RobotsApi::shown).toList()));
  }

  private Answer create(Request request) throws IOException {
    Wanted wanted = request.as(Wanted.class);
    String secret = Passwords.randomSecret();
    Robot created =
        store.change(
            state -> {
              checked(state, wanted);
              String name = fullName(wanted);
              if (state.robots.first(robot -> robot.name().equals(name)).isPresent()) {
                throw new Refusal(Refusal.Code.CONFLICT, "the robot " + name + " exists");
              }
              return state.robots.add(
                  id -> robot(wanted, id, name, Passwords.digest(secret), Artifacts.now()));
            });
    ObjectNode shown =
        Json.object()
            .put("id", created.id())
            .put("name", created.name())
            .put("secret", secret)
            .put("creation_time", created.creationTime())
            .put("expires_at", created.expiresAt());
    return Answer.json(201, shown).with("Location", Api.ROOT + "/robots/" + created.id());
  }

  private static void checked(State state, Wanted wanted) {
    if (wanted.name() == null || !wanted.name().matches("[a-z0-9]+(?:[._-][a-z0-9]+)*")) {
      throw Refusal.badRequest("a robot's name is of lower case letters, digits and ._-");
    }
    if (!"system".equals(wanted.level()) && !"project".equals(wanted.level())) {
      throw Refusal.badRequest("the level of a robot is system or project");
    }
    if (wanted.permissions() == null || wanted.permissions().isEmpty()) {
      throw Refusal.badRequest("a robot needs permissions");
    }
    if (wanted.duration() != null && wanted.duration() < -1) {
      throw Refusal.badRequest("duration is a number of days, or -1");
    }
    for (Permission permission : wanted.permissions()) {
      boolean known =
          permission.kind().equals("system")
              || permission.namespace().equals("*")
              || state.project(permission.namespace()).isPresent();
      if (!known) {
        throw Refusal.badRequest("project " + permission.namespace() + " not found");
      }
    }
  }

  private static String fullName(Wanted wanted) {
    String project =
        "project".equals(wanted.level())
            ? Optional.ofNullable(wanted.permissions()).orElse(List.of()).getFirst().namespace()
                + "+"
            : "";
    return "robot$" + project + wanted.name();
  }

  private static Robot robot(Wanted wanted, long id, String name, String secret, String created) {
    long duration =
        wanted.duration() == null || wanted.duration() == 0 ? USUAL_LIFE : wanted.duration();
    return new Robot(
        id,
        name,
        Optional.ofNullable(wanted.description()).orElse(""),
        secret,
        Optional.ofNullable(wanted.level()).orElse("system"),
        duration,
        wanted.disable(),
        duration < 0 ? -1 : Instant.now().plus(Duration.ofDays(duration)).getEpochSecond(),
        Optional.ofNullable(wanted.permissions()).orElse(List.of()),
        created,
        Artifacts.now());
  }

  /// The name stays.
  private Answer update(Request request) throws IOException {
    Wanted wanted = request.as(Wanted.class);
    store.update(
        state -> {
          Robot old = require(state, request);
          if (wanted.permissions() == null || wanted.permissions().isEmpty()) {
            throw Refusal.badRequest("a robot needs permissions");
          }
          if (!old.level().equals(wanted.level()) || !old.name().equals(wanted.name())) {
            throw Refusal.badRequest("the level and the name of a robot cannot be changed");
          }
          Wanted whole =
              new Wanted(
                  old.name(),
                  wanted.description(),
                  old.level(),
                  wanted.duration(),
                  wanted.disable(),
                  wanted.permissions());
          state.robots.rows.put(
              old.id(), robot(whole, old.id(), old.name(), old.secret(), old.creationTime()));
        });
    return Answer.empty(200);
  }

  /// Sets the secret that is given, or makes one.
  private Answer secret(Request request) throws IOException {
    String given = request.json().path("secret").asText();
    String secret = given.isEmpty() ? Passwords.randomSecret() : given;
    Passwords.check("secret", secret);
    store.update(
        state -> {
          Robot old = require(state, request);
          state.robots.rows.put(old.id(), with(old, Passwords.digest(secret)));
        });
    return Answer.json(given.isEmpty() ? Map.of("secret", secret) : Map.of());
  }

  private static Robot with(Robot old, String secret) {
    return new Robot(
        old.id(),
        old.name(),
        old.description(),
        secret,
        old.level(),
        old.duration(),
        old.disable(),
        old.expiresAt(),
        old.permissions(),
        old.creationTime(),
        Artifacts.now());
  }

  private Answer delete(Request request) {
    store.update(state -> state.robots.rows.remove(require(state, request).id()));
    return Answer.empty(200);
  }
}
