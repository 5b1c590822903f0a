package kk.standin.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import kk.standin.core.RegistryClient.Blob;
import kk.standin.core.RegistryClient.Manifest;
import kk.standin.core.State.Artifact;
import kk.standin.core.State.Repository;
import kk.standin.http.Json;
import kk.standin.http.Refusal;

/// What is in which repository: a record of every manifest that was pushed through the core. The
/// registry keeps contents, and keeps those of deleted artifacts until garbage is collected.
final class Artifacts {
  /// What replication acts on.
  sealed interface Event {
    /// A manifest was taken.
    ///
    /// @param tag empty when the push was by digest
    record Pushed(String repository, String digest, String tag) implements Event {}

    record Deleted(String repository, String digest, List<String> tags) implements Event {}

    record Untagged(String repository, String tag) implements Event {}
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Store store;
  private final Consumer<Event> listener;

  Artifacts(Store store, Consumer<Event> listener) {
    this.store = store;
    this.listener = listener;
  }

  /// The time, so written that the order of texts is that of times.
  static String now() {
    return TIME.format(Instant.now());
  }

  Optional<Artifact> find(String repository, String reference) {
    return store.read(
        state ->
            Optional.ofNullable(state.repositories.get(repository))
                .flatMap(found -> found.find(reference)));
  }

  /// The registry took the manifest. The reference is a tag or a digest.
  void pushed(String name, String reference, Manifest manifest) {
    String tag = reference.equals(manifest.digest()) ? "" : reference;
    store.update(
        state -> {
          Repository repository = repository(state, name);
          state.garbage.remove(new State.Garbage(name, manifest.digest()));
          repository
              .artifacts()
              .computeIfAbsent(
                  manifest.digest(),
                  digest ->
                      new Artifact(
                          ++state.lastArtifact,
                          digest,
                          manifest.mediaType(),
                          size(manifest, repository),
                          now(),
                          new TreeMap<>(),
                          manifest.children()));
          if (!tag.isEmpty()) {
            move(repository, tag, manifest.digest());
          }
        });
    listener.accept(new Event.Pushed(name, manifest.digest(), tag));
  }

  private static long size(Manifest manifest, Repository repository) {
    long blobs = manifest.blobs().stream().mapToLong(Blob::size).sum();
    long children =
        manifest.children().stream()
            .flatMap(child -> repository.find(child).stream())
            .mapToLong(Artifact::size)
            .sum();
    return manifest.bytes().length + blobs + children;
  }

  private static Repository repository(State state, String name) {
    long project =
        state
            .projectOf(name)
            .map(State.Project::projectId)
            .orElseThrow(() -> Refusal.notFound("project of " + name + " not found"));
    return state.repositories.computeIfAbsent(
        name,
        _ -> new Repository(++state.lastRepository, project, name, now(), now(), new TreeMap<>()));
  }

  private static void move(Repository repository, String tag, String digest) {
    repository.artifacts().values().forEach(artifact -> artifact.tags().remove(tag));
    Optional.ofNullable(repository.artifacts().get(digest))
        .ifPresent(artifact -> artifact.tags().put(tag, now()));
  }

  void tag(String name, String reference, String tag) {
    Artifact tagged =
        store.change(
            state -> {
              Repository repository = require(state, name);
              if (repository.find(tag).isPresent()) {
                throw new Refusal(Refusal.Code.CONFLICT, "tag " + tag + " exists");
              }
              Artifact artifact = require(repository, reference);
              move(repository, tag, artifact.digest());
              return artifact;
            });
    listener.accept(new Event.Pushed(name, tagged.digest(), tag));
  }

  void untag(String name, String reference, String tag) {
    store.update(
        state -> {
          Artifact artifact = require(require(state, name), reference);
          if (artifact.tags().remove(tag) == null) {
            throw Refusal.notFound("tag " + tag + " of " + name + " not found");
          }
        });
    listener.accept(new Event.Untagged(name, tag));
  }

  /// With it go the children of an index that have no tag and are in no other index.
  void delete(String name, String reference) {
    Artifact deleted =
        store.change(
            state -> {
              Repository repository = require(state, name);
              Artifact artifact = require(repository, reference);
              remove(state, repository, artifact);
              return artifact;
            });
    listener.accept(
        new Event.Deleted(name, deleted.digest(), List.copyOf(deleted.tags().keySet())));
  }

  private static void remove(State state, Repository repository, Artifact artifact) {
    repository.artifacts().remove(artifact.digest());
    state.garbage.add(new State.Garbage(repository.name(), artifact.digest()));
    for (String child : artifact.children()) {
      Optional.ofNullable(repository.artifacts().get(child))
          .filter(found -> found.tags().isEmpty() && !isChild(repository, found))
          .ifPresent(orphan -> remove(state, repository, orphan));
    }
  }

  static boolean isChild(Repository repository, Artifact artifact) {
    return repository.artifacts().values().stream()
        .anyMatch(other -> other.children().contains(artifact.digest()));
  }

  void deleteRepository(String name) {
    List<Artifact> deleted =
        store.change(
            state -> {
              Repository repository = require(state, name);
              List<Artifact> all = List.copyOf(repository.artifacts().values());
              all.forEach(a -> state.garbage.add(new State.Garbage(name, a.digest())));
              state.repositories.remove(name);
              return all;
            });
    deleted.forEach(
        artifact ->
            listener.accept(
                new Event.Deleted(name, artifact.digest(), List.copyOf(artifact.tags().keySet()))));
  }

  static Repository require(State state, String name) {
    return Optional.ofNullable(state.repositories.get(name))
        .orElseThrow(() -> Refusal.notFound("repository " + name + " not found"));
  }

  static Artifact require(Repository repository, String reference) {
    return repository
        .find(reference)
        .orElseThrow(
            () ->
                Refusal.notFound("artifact " + repository.name() + ":" + reference + " not found"));
  }

  /// As the API shows it.
  static ObjectNode shown(Repository repository, Artifact artifact) {
    var shown =
        Json.object()
            .put("id", artifact.id())
            .put("type", "IMAGE")
            .put("digest", artifact.digest())
            .put("manifest_media_type", artifact.mediaType())
            .put("size", artifact.size())
            .put("push_time", artifact.pushTime())
            .put("project_id", repository.projectId())
            .put("repository_id", repository.id())
            .put("repository_name", repository.name());
    var tags = shown.putArray("tags");
    artifact
        .tags()
        .forEach(
            (name, time) ->
                tags.addObject()
                    .put("name", name)
                    .put("push_time", time)
                    .put("artifact_id", artifact.id())
                    .put("repository_id", repository.id())
                    .put("immutable", false));
    var references = shown.putArray("references");
    artifact.children().forEach(child -> references.addObject().put("child_digest", child));
    return shown;
  }
}
