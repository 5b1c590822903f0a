package kk.standin.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import kk.standin.http.Trust;

/// What a core is started with.
///
/// @param version of the Harbor it stands for, such as `v2.10.2`
/// @param adminPassword counts at the first start only
/// @param externalUrl where clients reach it: tokens are fetched below it
/// @param tokenKey signs tokens
/// @param secretKey 16 characters, which the passwords of peers are encrypted with
/// @param caFile certificate to offer to users; it need not be there
/// @param loginLock how long a user cannot log in after a failure; 1.5 seconds with Harbor
/// @param retryDelay between attempts of a replication task; it doubles
public record Settings(
    String version,
    String adminPassword,
    String externalUrl,
    TokenKey.Source tokenKey,
    String secretKey,
    Registry registry,
    Store.Database database,
    Backend backend,
    Map<String, Health.Check> components,
    Duration healthInterval,
    Trust trust,
    Path caFile,
    Duration retryDelay,
    Duration loginLock) {

  /// The registry behind the core, and how the core logs in to it.
  public record Registry(URI url, String user, String password) {}

  /// The other services, where the core needs them.
  public interface Backend {
    /// Fails when the job service does not take a task from this core.
    void submit(String task) throws java.io.IOException, InterruptedException;

    /// Frees the registry's storage of what no manifest names; what it said about it.
    String collectGarbage() throws java.io.IOException, InterruptedException;
  }
}
