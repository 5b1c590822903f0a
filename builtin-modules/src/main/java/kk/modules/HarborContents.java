package kk.modules;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kk.spi.UnreachableException;

/// What is in a Harbor: its projects, and the images in each repository.
///
/// @param projects whether each is public, by name
/// @param repositories by project and name: `library/nginx`
record HarborContents(
    Map<String, Boolean> projects, Map<String, HarborContents.Repository> repositories) {

  /// @param tags the digest that each stands for
  /// @param artifacts when each came, by digest; parts of an index aren't among them
  record Repository(Map<String, String> tags, Map<String, Instant> artifacts) {
    static final Repository EMPTY = new Repository(Map.of(), Map.of());
  }

  /// Reads all of it: three requests and one more for each repository, over one connection each.
  static HarborContents read(HarborApi api) throws UnreachableException, InterruptedException {
    Map<String, Boolean> projects = projects(api);
    List<String> names = new ArrayList<>();
    for (List<Object> rows :
        api.lists(projects.keySet().stream().map(HarborContents::of).toList())) {
      rows.forEach(row -> names.add(Json.text(row, "name")));
    }
    List<List<Object>> artifacts =
        api.lists(names.stream().map(name -> path(name) + "/artifacts?with_tag=true").toList());
    Map<String, Repository> repositories = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      repositories.put(names.get(i), repository(artifacts.get(i)));
    }
    return new HarborContents(projects, repositories);
  }

  /// Whether each project is public, by name.
  static Map<String, Boolean> projects(HarborApi api)
      throws UnreachableException, InterruptedException {
    Map<String, Boolean> projects = new TreeMap<>();
    for (Object project : api.list("/projects")) {
      boolean open = Json.text(project, "metadata", "public").equals("true");
      projects.put(Json.text(project, "name"), open);
    }
    return projects;
  }

  Repository repository(String name) {
    return repositories.getOrDefault(name, Repository.EMPTY);
  }

  /// Where the API has a repository. Slashes in its name are encoded twice.
  static String path(String repository) {
    int slash = repository.indexOf('/');
    String name = HarborApi.segment(HarborApi.segment(repository.substring(slash + 1)));
    return "/projects/"
        + HarborApi.segment(repository.substring(0, slash))
        + "/repositories/"
        + name;
  }

  private static String of(String project) {
    return "/projects/" + HarborApi.segment(project) + "/repositories";
  }

  private static Repository repository(List<Object> rows) {
    Map<String, String> tags = new TreeMap<>();
    Map<String, Instant> artifacts = new LinkedHashMap<>();
    for (Object row : rows) {
      String digest = Json.text(row, "digest");
      artifacts.put(digest, instant(Json.text(row, "push_time")));
      Json.list(row, "tags").forEach(tag -> tags.put(Json.text(tag, "name"), digest));
    }
    return new Repository(tags, artifacts);
  }

  static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
