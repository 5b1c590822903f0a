package kk.standin.prepare;

import java.nio.file.Path;

/// The folders that `prepare` works on, each a mount of its container.
///
/// @param input has `harbor.yml`
/// @param data the host's data volume
/// @param compose gets `docker-compose.yml`
/// @param config gets the services' configuration
/// @param host the root of the host
public record Places(Path input, Path data, Path compose, Path config, Path host) {
  public static Places inContainer() {
    return new Places(
        Path.of("/input"),
        Path.of("/data"),
        Path.of("/compose_location"),
        Path.of("/config"),
        Path.of("/hostfs"));
  }

  /// Where a path of the host is here.
  Path onHost(String path) {
    return host.resolve(path.replaceFirst("^/+", ""));
  }
}
