package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import kk.spi.Secret;
import land.oras.ContainerRef;
import land.oras.Registry;
import land.oras.auth.AuthProvider;
import land.oras.auth.AuthStoreAuthenticationProvider;
import land.oras.auth.HttpClient;
import land.oras.auth.Scope;
import land.oras.auth.Scopes;
import land.oras.auth.UsernamePasswordProvider;
import land.oras.exception.OrasException;

/// One image in a registry. Tokens, redirections and uploads are the SDK's; manifests go through
/// its client as they are, since its own calls add the time of the copy, which changes digests.
final class RegistryStore implements ImageStore {
  private static final String MANIFESTS =
      String.join(
          ", ",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  private final ContainerRef image;
  private final Registry registry;
  private final HttpClient client;
  private final AuthProvider login;

  RegistryStore(String reference, Optional<ImageCopy.Access> access) {
    EnvironmentProxies.heed();
    image = ContainerRef.parse(reference);
    login =
        access
            .flatMap(ImageCopy.Access::username)
            .<AuthProvider>map(
                user ->
                    new UsernamePasswordProvider(
                        user, access.get().password().map(Secret::reveal).orElse("")))
            .orElseGet(AuthStoreAuthenticationProvider::new);
    Registry.Builder builder = Registry.builder().withAuthProvider(login);
    HttpClient.Builder transport = HttpClient.Builder.builder();
    access
        .flatMap(ImageCopy.Access::authority)
        .ifPresent(
            authority -> {
              builder.withCaFile(authority);
              transport.withCaFile(authority);
            });
    registry = builder.withInsecure(access.map(ImageCopy.Access::plain).orElse(false)).build();
    client = transport.build();
  }

  private URI address(ContainerRef of) {
    return URI.create(registry.getScheme() + "://" + of.getManifestsPath(registry));
  }

  @Override
  public Optional<Manifest> manifest(String digest) throws IOException {
    ContainerRef of = digest.isEmpty() ? image : image.withDigest(digest);
    HttpClient.ResponseWrapper<String> answer =
        answer(
            () ->
                client.get(
                    address(of), Map.of("Accept", MANIFESTS), Scopes.of(of, Scope.PULL), login));
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    require(answer, 200, "reading its manifest");
    Manifest manifest =
        new Manifest(
            answer.headers().getOrDefault("content-type", "").replaceFirst(";.*", ""),
            answer.response());
    if (!digest.isEmpty() && !manifest.digest().equals(digest)) {
      throw new IOException("the manifest " + digest + " is damaged");
    }
    return Optional.of(manifest);
  }

  @Override
  public boolean hasBlob(String digest) throws IOException {
    ContainerRef of = image.withDigest(digest);
    URI address = URI.create(registry.getScheme() + "://" + of.getBlobsPath(registry));
    HttpClient.ResponseWrapper<String> answer =
        answer(() -> client.head(address, Map.of(), Scopes.of(of, Scope.PULL), login));
    if (answer.statusCode() != 404) {
      require(answer, 200, "looking for a part");
    }
    return answer.statusCode() == 200;
  }

  @Override
  public InputStream blob(String digest) {
    return registry.fetchBlob(image.withDigest(digest));
  }

  @Override
  public void putBlob(String digest, long size, Source source) {
    registry.pushBlob(
        image.withDigest(digest),
        size,
        () -> {
          try {
            return source.open();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Map.of());
  }

  @Override
  public void putManifest(Manifest manifest, boolean named) throws IOException {
    ContainerRef of = named ? image : image.withDigest(manifest.digest());
    HttpClient.ResponseWrapper<String> answer =
        answer(
            () ->
                client.put(
                    address(of),
                    manifest.bytes(),
                    Map.of("Content-Type", manifest.mediaType()),
                    Scopes.of(of, Scope.PULL, Scope.PUSH),
                    login));
    require(answer, 201, "writing its manifest");
  }

  /// What the registry answers. The SDK looks for a token when a password is refused, and complains
  /// that the registry offers none.
  private static HttpClient.ResponseWrapper<String> answer(
      Supplier<HttpClient.ResponseWrapper<String>> question) throws UnexpectedAnswer {
    try {
      return question.get();
    } catch (OrasException e) {
      if (String.valueOf(e.getMessage()).contains("WWW-Authenticate")) {
        throw new UnexpectedAnswer(401, "the registry says 401: it refuses the login");
      }
      throw e;
    }
  }

  private static void require(HttpClient.ResponseWrapper<String> answer, int wanted, String doing)
      throws IOException {
    if (answer.statusCode() != wanted) {
      throw new UnexpectedAnswer(
          answer.statusCode(), "the registry says " + answer.statusCode() + " to " + doing);
    }
  }

  /// An answer that isn't the one hoped for.
  static final class UnexpectedAnswer extends IOException {
    private static final long serialVersionUID = 1;
    final int status;

    UnexpectedAnswer(int status, String message) {
      super(message);
      this.status = status;
    }
  }
}
