package kk.variables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import kk.template.Json;
import org.jspecify.annotations.Nullable;

/// Facts of hosts in files that outlive a run, one for each host, in Ansible's form.
///
/// @param folder where the files lie
/// @param prefix what their names begin with
/// @param fromJson reads a file
public record FactCache(Path folder, String prefix, Function<String, @Nullable Object> fromJson) {
  private static final Json JSON = new Json(4, true, false, ",", ": ");

  /// The facts of a host; nothing when there are none, or when the file can't be read.
  Map<String, Object> read(String host) {
    Map<String, Object> facts = new LinkedHashMap<>();
    try {
      if (Files.isRegularFile(file(host))
          && fromJson.apply(Files.readString(file(host))) instanceof Map<?, ?> map) {
        map.forEach((name, value) -> facts.put(String.valueOf(name), value));
      }
    } catch (IOException e) {
      return Map.of();
    }
    return facts;
  }

  void write(String host, Map<String, Object> facts) {
    try {
      Files.createDirectories(folder);
      Files.writeString(file(host), JSON.write(facts));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot write the facts of " + host, e);
    }
  }

  /// Forgets the facts of a host.
  public void forget(String host) {
    try {
      Files.deleteIfExists(file(host));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot remove the facts of " + host, e);
    }
  }

  private Path file(String host) {
    return folder.resolve(prefix + host.replace('/', '_'));
  }
}
