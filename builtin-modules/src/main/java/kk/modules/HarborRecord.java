package kk.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// A file on this machine with what a Harbor had when it was last equal to the others.
record HarborRecord(Path file) {

  static HarborRecord of(Path folder, String harbor) {
    return new HarborRecord(folder.resolve(harbor + ".json"));
  }

  /// What it says; nothing when it never was equal to them.
  Optional<HarborContents> read() {
    try {
      return Files.exists(file)
          ? Optional.of(parse(Json.find(Files.readString(file)).orElse(Map.of())))
          : Optional.empty();
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + ": " + e.getMessage());
    }
  }

  /// Keeps it, unless it says so already.
  void write(HarborContents contents, HostAccess host)
      throws UnreachableException, InterruptedException {
    if (read().map(HarborContents::repositories).equals(Optional.of(contents.repositories()))) {
      return;
    }
    host.change(
        "note what the Harbors have in common",
        _ -> {
          replace(PlainText.json(json(contents)) + "\n");
          return true;
        });
  }

  private void replace(String text) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path fresh = Files.createTempFile(folder, ".kk", "");
      try {
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new TaskFailed("cannot write " + file + ": " + e.getMessage());
    }
  }

  private static Map<String, Object> json(HarborContents contents) {
    Map<String, Object> repositories = new LinkedHashMap<>();
    contents
        .repositories()
        .forEach(
            (name, repository) -> {
              Map<String, Object> artifacts = new TreeMap<>();
              repository.artifacts().forEach((digest, came) -> artifacts.put(digest, came + ""));
              repositories.put(name, Map.of("tags", repository.tags(), "artifacts", artifacts));
            });
    return Map.of("repositories", repositories);
  }

  private static HarborContents parse(Object json) {
    Map<String, HarborContents.Repository> repositories = new TreeMap<>();
    if (Json.at(json, "repositories").orElse(Map.of()) instanceof Map<?, ?> all) {
      all.forEach(
          (name, each) -> {
            Map<String, String> tags = new TreeMap<>();
            Map<String, Instant> artifacts = new LinkedHashMap<>();
            if (Json.at(each, "tags").orElse(Map.of()) instanceof Map<?, ?> found) {
              found.forEach((tag, digest) -> tags.put(tag + "", digest + ""));
            }
            if (Json.at(each, "artifacts").orElse(Map.of()) instanceof Map<?, ?> found) {
              found.forEach(
                  (digest, came) -> artifacts.put(digest + "", HarborContents.instant(came + "")));
            }
            repositories.put(name + "", new HarborContents.Repository(tags, artifacts));
          });
    }
    return new HarborContents(Map.of(), repositories);
  }
}
