package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;

/// What the system says of itself, its configuration, and the administrator's password.
final class SystemApi {
  private static final Map<String, JsonNode> CONFIGURATIONS =
      new TreeMap<>(
          Map.of(
              "auth_mode", TextNode.valueOf("db_auth"),
              "self_registration", BooleanNode.FALSE,
              "read_only", BooleanNode.FALSE,
              "project_creation_restriction", TextNode.valueOf("everyone"),
              "robot_name_prefix", TextNode.valueOf("robot$"),
              "robot_token_duration", IntNode.valueOf(30),
              "session_timeout", IntNode.valueOf(60),
              "token_expiration", IntNode.valueOf(30)));

  /// Those that do something here.
  private static final Set<String> EDITABLE =
      Set.of("read_only", "project_creation_restriction", "self_registration", "session_timeout");

  private final Store store;
  private final Settings settings;
  private final Accounts accounts;
  private final String externalUrl;

  SystemApi(
      Store store,
      Settings settings,
      Accounts accounts,
      Health health,
      String externalUrl,
      Api api) {
    this.store = store;
    this.settings = settings;
    this.accounts = accounts;
    this.externalUrl = externalUrl;
    api.open("GET", "/ping", (_, _) -> Answer.text("Pong"));
    api.open("GET", "/health", (_, _) -> health.answer());
    api.open("GET", "/systeminfo", (_, caller) -> Answer.json(info(caller)));
    api.open("GET", "/systeminfo/getcert", (_, _) -> certificate());
    api.admin("GET", "/configurations", _ -> Answer.json(configurations()));
    api.admin("PUT", "/configurations", this::configure);
    api.user("GET", "/users/current", (_, caller) -> Answer.json(current(caller)));
    api.admin("PUT", "/users/{id}/password", this::password);
  }

  static void initialise(State state) {
    CONFIGURATIONS.forEach(state.configurations::putIfAbsent);
    if (state.projects.last == 0) {
      ProjectsApi.add(state, "library", new TreeMap<>(Map.of("public", "true")));
    }
  }

  private ObjectNode info(Caller caller) {
    ObjectNode info =
        Json.object()
            .put("auth_mode", "db_auth")
            .put("primary_auth_mode", false)
            .put("harbor_version", settings.version() + "-stand-in")
            .put("self_registration", false)
            .put("has_ca_root", Files.isRegularFile(settings.caFile()));
    return caller instanceof Caller.Anonymous
        ? info
        : info.put("external_url", externalUrl)
            .put("registry_url", externalUrl.replaceFirst("https?://", ""))
            .put("read_only", store.<Boolean>read(state -> state.is("read_only")))
            .put("project_creation_restriction", store.<String>read(State::restriction))
            .put("registry_storage_provider_name", "filesystem")
            .put("current_time", Artifacts.now());
  }

  private Answer certificate() throws IOException {
    if (!Files.isRegularFile(settings.caFile())) {
      throw Refusal.notFound("no certificate is offered");
    }
    return Answer.bytes(200, "application/octet-stream", Files.readAllBytes(settings.caFile()))
        .with("Content-Disposition", "attachment; filename=ca.crt");
  }

  private ObjectNode configurations() {
    ObjectNode all = Json.object();
    store
        .read(state -> state.configurations)
        .forEach(
            (name, value) ->
                all.putObject(name).put("editable", EDITABLE.contains(name)).set("value", value));
    return all;
  }

  private Answer configure(Request request) throws IOException {
    JsonNode wanted = request.json();
    store.update(
        state ->
            wanted
                .properties()
                .forEach(
                    entry -> {
                      check(state, entry.getKey(), entry.getValue());
                      state.configurations.put(entry.getKey(), entry.getValue());
                    }));
    return Answer.empty(200);
  }

  private static void check(State state, String name, JsonNode value) {
    JsonNode old = state.configurations.get(name);
    if (old == null || !EDITABLE.contains(name)) {
      throw Refusal.badRequest("the stand-in has no configuration " + name + " to change");
    }
    if (old.getNodeType() != value.getNodeType()) {
      throw Refusal.badRequest(name + " must be a " + old.getNodeType());
    }
    if (name.equals("project_creation_restriction")
        && !Set.of("everyone", "adminonly").contains(value.asText())) {
      throw Refusal.badRequest(name + " is everyone or adminonly");
    }
  }

  private static ObjectNode current(Caller caller) {
    Permissions.requireAdmin(caller);
    return Json.object().put("user_id", 1).put("username", "admin").put("sysadmin_flag", true);
  }

  private Answer password(Request request) throws IOException {
    if (request.id("id") != 1) {
      throw Refusal.notFound("user " + request.name("id") + " not found");
    }
    JsonNode body = request.json();
    accounts.changePassword(body.path("old_password").asText(), body.path("new_password").asText());
    return Answer.empty(200);
  }
}
