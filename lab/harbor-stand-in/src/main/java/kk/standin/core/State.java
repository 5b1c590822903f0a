package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that a Harbor keeps in its database: one document. Records are what the API shows.
public final class State {
  /// The version of Harbor that wrote it last, such as `v2.10.2`; empty when none did.
  public String version = "";

  public String adminPassword = "";
  public TreeMap<String, JsonNode> configurations = new TreeMap<>();
  public Table<Project> projects = new Table<>();
  public TreeMap<String, Repository> repositories = new TreeMap<>();
  public long lastRepository;
  public long lastArtifact;
  public Table<Robot> robots = new Table<>();
  public Table<Peer> peers = new Table<>();
  public Table<Policy> policies = new Table<>();
  public Table<Execution> executions = new Table<>();
  public Table<Task> tasks = new Table<>();
  public @Nullable Schedule garbageCollection;
  public Table<Collection> collections = new Table<>();

  /// Manifests that were deleted and lie in the registry still.
  public List<Garbage> garbage = new ArrayList<>();

  public record Project(
      long projectId,
      String name,
      int ownerId,
      String ownerName,
      SortedMap<String, String> metadata,
      String creationTime,
      String updateTime) {
    boolean isPublic() {
      return "true".equals(metadata.get("public"));
    }
  }

  /// Artifacts under one name.
  ///
  /// @param name whole, with the project: `library/hello`
  /// @param artifacts by digest
  public record Repository(
      long id,
      long projectId,
      String name,
      String creationTime,
      String updateTime,
      SortedMap<String, Artifact> artifacts) {
    Optional<Artifact> find(String reference) {
      return artifacts.values().stream()
          .filter(a -> a.digest().equals(reference) || a.tags().containsKey(reference))
          .findFirst();
    }
  }

  /// An image or an index.
  ///
  /// @param tags when each was pushed, by name
  public record Artifact(
      long id,
      String digest,
      String mediaType,
      long size,
      String pushTime,
      SortedMap<String, String> tags,
      List<String> children) {}

  /// An account of a machine.
  ///
  /// @param secret salted digest, never shown
  /// @param duration days; -1 is for ever
  /// @param expiresAt seconds since 1970; -1 is never
  public record Robot(
      long id,
      String name,
      String description,
      String secret,
      String level,
      long duration,
      boolean disable,
      long expiresAt,
      List<Permission> permissions,
      String creationTime,
      String updateTime) {}

  /// What a robot may do in a project.
  ///
  /// @param kind `project` or `system`
  /// @param namespace name of a project, `*` for all, or `/`
  public record Permission(String kind, String namespace, List<Access> access) {}

  public record Access(String resource, String action) {}

  public record Peer(
      long id,
      String name,
      String description,
      String type,
      String url,
      boolean insecure,
      Credential credential,
      String status,
      String creationTime,
      String updateTime) {
    Peer numbered(long number) {
      return new Peer(
          number,
          name,
          description,
          type,
          url,
          insecure,
          credential,
          status,
          creationTime,
          updateTime);
    }
  }

  public record Credential(String type, String accessKey, String accessSecret) {}

  /// Destination and source are numbers of peers; 0 is this registry.
  public record Policy(
      long id,
      String name,
      String description,
      long sourcePeer,
      long destinationPeer,
      String destNamespace,
      int destNamespaceReplaceCount,
      Trigger trigger,
      List<Filter> filters,
      boolean override,
      boolean enabled,
      boolean deletion,
      int speed,
      boolean copyByChunk,
      String creationTime,
      String updateTime) {}

  public record Trigger(String type, TriggerSettings triggerSettings) {}

  public record TriggerSettings(String cron) {}

  public record Filter(String type, JsonNode value, @Nullable String decoration) {}

  /// One step of an execution.
  ///
  /// @param operation `copy` or `deletion`
  public record Task(
      long id,
      long executionId,
      String status,
      String resourceType,
      String srcResource,
      String dstResource,
      String operation,
      String jobId,
      String startTime,
      @Nullable String endTime,
      String log) {
    Task ended(String how, String said) {
      return new Task(
          id,
          executionId,
          how,
          resourceType,
          srcResource,
          dstResource,
          operation,
          jobId,
          startTime,
          Artifacts.now(),
          said);
    }
  }

  public record Execution(
      long id,
      long policyId,
      String trigger,
      String status,
      String statusText,
      String startTime,
      @Nullable String endTime) {
    /// The same for one that has ended already.
    Execution ended(String how, String why) {
      return status.equals("InProgress")
          ? new Execution(id, policyId, trigger, how, why, startTime, Artifacts.now())
          : this;
    }
  }

  /// When garbage is collected, and what then.
  public record Schedule(String type, String cron, JsonNode parameters, String creationTime) {}

  /// One run of garbage collection.
  public record Collection(
      long id,
      String jobStatus,
      JsonNode parameters,
      String creationTime,
      String updateTime,
      String log) {}

  public record Garbage(String repository, String digest) {}

  Optional<Project> project(String name) {
    return projects.first(project -> project.name().equals(name));
  }

  /// The project that a repository is in, by the repository's whole name.
  Optional<Project> projectOf(String repository) {
    int slash = repository.indexOf('/');
    return slash < 0 ? Optional.empty() : project(repository.substring(0, slash));
  }

  /// Who may create projects: `everyone` or `adminonly`.
  String restriction() {
    return Optional.ofNullable(configurations.get("project_creation_restriction"))
        .map(JsonNode::asText)
        .orElse("everyone");
  }

  boolean is(String configuration) {
    return Optional.ofNullable(configurations.get(configuration))
        .map(JsonNode::asBoolean)
        .orElse(false);
  }
}
