package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import kk.standin.core.State.Project;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import org.jspecify.annotations.Nullable;

/// `/projects`, but for what is in them.
final class ProjectsApi {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*");

  private record Wanted(@Nullable String projectName, @Nullable Map<String, JsonNode> metadata) {}

  private final Store store;

  ProjectsApi(Store store, Api api) {
    this.store = store;
    api.user("HEAD", "/projects", (request, _) -> exists(request));
    api.open("GET", "/projects", this::list);
    api.user("POST", "/projects", this::create);
    api.open("GET", "/projects/{project}", (request, caller) -> Answer.json(one(request, caller)));
    api.admin("PUT", "/projects/{project}", this::update);
    api.admin("DELETE", "/projects/{project}", this::delete);
  }

  /// The project that a path names: by number, unless a header says that it is a name.
  static Project require(State state, Request request) {
    String name = request.name("project");
    boolean number =
        name.matches("[0-9]+") && !request.header("X-Is-Resource-Name").orElse("").equals("true");
    return (number ? state.projects.find(Long.parseLong(name)) : state.project(name))
        .orElseThrow(() -> Refusal.notFound("project " + name + " not found"));
  }

  private Answer exists(Request request) {
    String name = request.parameter("project_name").orElse("");
    return Answer.empty(store.read(state -> state.project(name).isPresent()) ? 200 : 404);
  }

  private Answer list(Request request, Caller caller) {
    String part = request.parameter("name").orElse("");
    return Listing.answer(
        request,
        store.read(
            state ->
                state.projects.all().stream()
                    .filter(project -> Permissions.may(caller, project, "project", "read"))
                    .filter(project -> project.name().contains(part))
                    .map(project -> shown(state, project))
                    .toList()));
  }

  private JsonNode one(Request request, Caller caller) {
    return store.read(
        state -> {
          Project project = require(state, request);
          Permissions.require(caller, project, "project", "read");
          return shown(state, project);
        });
  }

  private static ObjectNode shown(State state, Project project) {
    long repositories =
        state.repositories.values().stream()
            .filter(repository -> repository.projectId() == project.projectId())
            .count();
    ObjectNode shown = (ObjectNode) Json.tree(project);
    return shown.put("repo_count", repositories).put("deleted", false);
  }

  private Answer create(Request request, Caller caller) throws IOException {
    Wanted wanted = request.as(Wanted.class);
    String name = wanted.projectName() == null ? "" : wanted.projectName();
    if (!NAME.matcher(name).matches() || name.length() > 255) {
      throw Refusal.badRequest("a project's name is of lower case letters, digits and ._-");
    }
    SortedMap<String, String> metadata = metadata(wanted);
    metadata.putIfAbsent("public", "false");
    Project created =
        store.change(
            state -> {
              Permissions.requireCreation(caller, state);
              if (state.project(name).isPresent()) {
                throw new Refusal(Refusal.Code.CONFLICT, "the project named " + name + " exists");
              }
              return add(state, name, metadata);
            });
    return Answer.created(Api.ROOT + "/projects/" + created.projectId());
  }

  static Project add(State state, String name, SortedMap<String, String> metadata) {
    return state.projects.add(
        id -> new Project(id, name, 1, "admin", metadata, Artifacts.now(), Artifacts.now()));
  }

  private static SortedMap<String, String> metadata(Wanted wanted) {
    TreeMap<String, String> metadata = new TreeMap<>();
    if (wanted.metadata() != null) {
      wanted
          .metadata()
          .forEach(
              (key, value) -> {
                if (!value.isTextual()) {
                  throw Refusal.badRequest("metadata." + key + " must be a string");
                }
                metadata.put(key, value.asText());
              });
    }
    return metadata;
  }

  private Answer update(Request request) throws IOException {
    Wanted wanted = request.as(Wanted.class);
    store.update(
        state -> {
          Project project = require(state, request);
          project.metadata().putAll(metadata(wanted));
        });
    return Answer.empty(200);
  }

  private Answer delete(Request request) {
    store.update(
        state -> {
          Project project = require(state, request);
          if (state.repositories.values().stream()
              .anyMatch(repository -> repository.projectId() == project.projectId())) {
            throw new Refusal(
                Refusal.Code.PRECONDITION, "project " + project.name() + " has repositories");
          }
          state.projects.rows.remove(project.projectId());
        });
    return Answer.empty(200);
  }
}
