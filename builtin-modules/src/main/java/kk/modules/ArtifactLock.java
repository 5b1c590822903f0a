package kk.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kk.spi.TaskFailed;

/// The file that remembers what artifacts were like when they were first used, so that a later run
/// notices when one of them is another. `sha256sum --check` reads it too.
///
/// @param file where it is; names in it are relative to its directory
record ArtifactLock(Path file) {
  /// The SHA-256 of an artifact, when it is known.
  Optional<String> find(Path artifact) {
    return Optional.ofNullable(read().get(name(artifact)));
  }

  /// Remembers an artifact. One thread at a time.
  void record(Path artifact, String sha256) {
    try {
      SortedMap<String, String> entries = read();
      if (sha256.equals(entries.put(name(artifact), sha256))) {
        return;
      }
      StringBuilder text = new StringBuilder();
      entries.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
      Path written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TaskFailed("cannot write " + file + " on this machine: " + e.getMessage());
    }
  }

  private SortedMap<String, String> read() {
    SortedMap<String, String> entries = new TreeMap<>();
    if (!Files.exists(file)) {
      return entries;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" [ *]", 2);
        if (words.length == 2 && words[0].matches("[0-9a-f]{64}")) {
          entries.put(words[1], words[0]);
        } else if (!line.isBlank()) {
          throw new TaskFailed(file + " has a line that is no digest and name: " + line);
        }
      }
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine: " + e.getMessage());
    }
    return entries;
  }

  private String name(Path artifact) {
    Path directory = file.toAbsolutePath().normalize().getParent();
    Path whole = artifact.toAbsolutePath().normalize();
    return directory != null && whole.startsWith(directory)
        ? directory.relativize(whole).toString()
        : whole.toString();
  }
}
