package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import kk.standin.core.State.Artifact;
import kk.standin.core.State.Project;
import kk.standin.core.State.Repository;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;

/// Repositories, artifacts and tags below `/projects/{project}`.
final class RepositoriesApi {
  private static final String ONE = "/projects/{project}/repositories/{repository}";
  private static final String ARTIFACT = ONE + "/artifacts/{reference}";

  private final Store store;
  private final Artifacts artifacts;

  RepositoriesApi(Store store, Artifacts artifacts, Api api) {
    this.store = store;
    this.artifacts = artifacts;
    api.open("GET", "/projects/{project}/repositories", this::repositories);
    api.open(
        "GET", ONE, (request, caller) -> Answer.json(shown(repository(request, caller, "list"))));
    api.user("DELETE", ONE, this::deleteRepository);
    api.open("GET", ONE + "/artifacts", this::artifacts);
    api.open("GET", ARTIFACT, this::artifact);
    api.user("DELETE", ARTIFACT, this::deleteArtifact);
    api.open("GET", ARTIFACT + "/tags", this::tags);
    api.user("POST", ARTIFACT + "/tags", this::tag);
    api.user("DELETE", ARTIFACT + "/tags/{tag}", this::untag);
  }

  private Project project(Request request, Caller caller, String resource, String action) {
    Project project = store.read(state -> ProjectsApi.require(state, request));
    Permissions.require(caller, project, resource, action);
    return project;
  }

  /// The whole name: slashes in it are encoded twice, and the router has decoded once.
  private String name(Request request, Caller caller, String resource, String action) {
    Project project = project(request, caller, resource, action);
    return project.name()
        + "/"
        + URLDecoder.decode(request.name("repository"), StandardCharsets.UTF_8);
  }

  private Repository repository(Request request, Caller caller, String action) {
    String name = name(request, caller, action.equals("list") ? "artifact" : "repository", action);
    return store.read(state -> Artifacts.require(state, name));
  }

  private static JsonNode shown(Repository repository) {
    return Json.object()
        .put("id", repository.id())
        .put("project_id", repository.projectId())
        .put("name", repository.name())
        .put("artifact_count", listed(repository).size())
        .put("creation_time", repository.creationTime())
        .put("update_time", repository.updateTime());
  }

  private Answer repositories(Request request, Caller caller) {
    Project project = project(request, caller, "repository", "list");
    return Listing.answer(
        request,
        store.read(
            state ->
                state.repositories.values().stream()
                    .filter(repository -> repository.projectId() == project.projectId())
                    .map(RepositoriesApi::shown)
                    .toList()));
  }

  private Answer deleteRepository(Request request, Caller caller) {
    artifacts.deleteRepository(name(request, caller, "repository", "delete"));
    return Answer.empty(200);
  }

  /// Newest first, without the untagged children of an index.
  private static List<Artifact> listed(Repository repository) {
    return repository.artifacts().values().stream()
        .filter(a -> !a.tags().isEmpty() || !Artifacts.isChild(repository, a))
        .sorted(Comparator.comparing(Artifact::id).reversed())
        .toList();
  }

  private Answer artifacts(Request request, Caller caller) {
    Repository repository = repository(request, caller, "list");
    return Listing.answer(
        request,
        listed(repository).stream().map(artifact -> shown(request, repository, artifact)).toList());
  }

  private static JsonNode shown(Request request, Repository repository, Artifact artifact) {
    var shown = Artifacts.shown(repository, artifact);
    return request.parameter("with_tag").orElse("true").equals("false")
        ? shown.putNull("tags")
        : shown;
  }

  private Answer artifact(Request request, Caller caller) {
    Repository repository = repository(request, caller, "list");
    Artifact found = Artifacts.require(repository, request.name("reference"));
    return Answer.json(shown(request, repository, found));
  }

  private Answer deleteArtifact(Request request, Caller caller) {
    artifacts.delete(name(request, caller, "artifact", "delete"), request.name("reference"));
    return Answer.empty(200);
  }

  private Answer tags(Request request, Caller caller) {
    Repository repository = repository(request, caller, "list");
    JsonNode shown =
        Artifacts.shown(repository, Artifacts.require(repository, request.name("reference")));
    return Listing.answer(request, shown.path("tags").valueStream().toList());
  }

  private Answer tag(Request request, Caller caller) throws IOException {
    String name = name(request, caller, "tag", "create");
    String tag = request.json().path("name").asText();
    if (!tag.matches("[\\w][\\w.-]{0,127}")) {
      throw Refusal.badRequest("the name of a tag is of letters, digits and ._-");
    }
    artifacts.tag(name, request.name("reference"), tag);
    return Answer.created(request.path() + "/" + tag);
  }

  private Answer untag(Request request, Caller caller) {
    String name = name(request, caller, "tag", "delete");
    artifacts.untag(name, request.name("reference"), request.name("tag"));
    return Answer.empty(200);
  }
}
