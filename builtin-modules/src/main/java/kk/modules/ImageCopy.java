package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import land.oras.exception.OrasException;
import org.apache.commons.io.file.PathUtils;

/// Copies images between registries, folders and archives on this machine, without a container
/// engine. Parts that are there already are not sent again, each is checked by its digest, and the
/// manifest comes last: a name never leads to half an image.
final class ImageCopy implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /// What became of the images that were to be copied, each in the order they were asked for.
  ///
  /// @param changed the names of those that were not there before, or were other ones; when only
  ///     comparing, those that would be copied
  /// @param failures why others could not be copied
  record Copied(List<String> changed, List<String> failures) {}

  /// How to talk to the registry that a location names; one that an image's own name tells is asked
  /// with the credentials of `docker login`, if there are any.
  record Access(
      Optional<String> username,
      Optional<Secret> password,
      Optional<Path> authority,
      boolean plain) {}

  private final Access access;
  private final Optional<String> platform;
  private final int retries;
  private final Duration firstPause;
  private final boolean compares;
  private final List<Path> scratch = new ArrayList<>();

  /// @param platform such as `linux/amd64`; empty for all that an image has
  /// @param compares whether nothing is written
  ImageCopy(
      Access access,
      Optional<String> platform,
      int retries,
      Duration firstPause,
      boolean compares) {
    this.access = access;
    this.platform = platform;
    this.retries = retries;
    this.firstPause = firstPause;
    this.compares = compares;
  }

  /// Copies images, several at once. One that fails leaves the others alone.
  ///
  /// @param names which; empty for all that a folder or an archive has
  /// @throws TaskFailed when a folder or an archive can't be read or written
  Copied copy(ImageLocation from, ImageLocation to, List<String> names)
      throws InterruptedException {
    ImageLocation source = from instanceof ImageLocation.Archive(Path file) ? unpacked(file) : from;
    List<ImageName> wanted = wanted(source, names);
    if (to instanceof ImageLocation.Archive(Path file)) {
      return isIn(file, source, wanted)
          ? new Copied(List.of(), List.of())
          : pack(source, wanted, file);
    }
    Function<ImageName, ImageStore> targets = stores(to);
    Function<ImageName, ImageStore> sources = stores(source);
    return each(
        wanted,
        name -> trying(name, from, to, () -> copyOnce(sources.apply(name), targets.apply(name))));
  }

  /// What is done with one image; answers whether that made a difference.
  private interface Work {
    boolean on(ImageName name) throws InterruptedException;
  }

  private record Result(boolean changed, Optional<String> failure) {}

  private static Copied each(List<ImageName> names, Work work) throws InterruptedException {
    List<String> changed = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<Result> results = AtOnce.each(names, name -> result(name, work));
    for (int i = 0; i < results.size(); i++) {
      results.get(i).failure().ifPresent(failures::add);
      if (results.get(i).changed()) {
        changed.add(names.get(i).familiar());
      }
    }
    return new Copied(changed, failures);
  }

  private static Result result(ImageName name, Work work) throws InterruptedException {
    try {
      return new Result(work.on(name), Optional.empty());
    } catch (TaskFailed e) {
      return new Result(false, Optional.ofNullable(e.getMessage()));
    }
  }

  /// Whether an archive has just these images.
  private boolean isIn(Path archive, ImageLocation source, List<ImageName> names)
      throws InterruptedException {
    if (!Files.exists(archive)) {
      return false;
    }
    ImageArchive there = ImageArchive.read(archive, Optional.empty());
    Function<ImageName, ImageStore> sources = stores(source);
    for (ImageName name : names) {
      ImageLocation to = new ImageLocation.Archive(archive);
      String digest = trying(name, source, to, () -> found(sources.apply(name)).digest());
      if (there.find(name.full()).filter(image -> image.ids().contains(digest)).isEmpty()) {
        return false;
      }
    }
    return there.tags().size() == names.size();
  }

  /// Makes an archive anew, by way of a folder beside it: the disk that the archive goes to has
  /// room for it, memory or a small `/tmp` may not. Without one of the images there is none.
  private Copied pack(ImageLocation source, List<ImageName> names, Path archive)
      throws InterruptedException {
    if (compares) {
      return new Copied(names.stream().map(ImageName::familiar).toList(), List.of());
    }
    ImageLocation.Archive to = new ImageLocation.Archive(archive);
    ImageLayout folder = new ImageLayout(folderBeside(archive));
    Function<ImageName, ImageStore> sources = stores(source);
    Copied copied =
        each(
            names,
            name ->
                trying(name, source, to, () -> copyOnce(sources.apply(name), folder.store(name))));
    if (!copied.failures().isEmpty()) {
      return new Copied(List.of(), copied.failures());
    }
    new DockerArchive(archive).pack(folder);
    return copied;
  }

  private static List<ImageName> wanted(ImageLocation source, List<String> names) {
    List<ImageName> wanted = names.stream().map(ImageName::of).toList();
    if (!(source instanceof ImageLocation.Layout(Path folder))) {
      if (wanted.isEmpty()) {
        throw new TaskFailed("`images` is missing: a registry isn't copied as a whole");
      }
      return wanted;
    }
    Set<ImageName> there = new ImageLayout(folder).names().keySet();
    for (ImageName name : wanted) {
      if (!there.contains(name)) {
        throw new TaskFailed(
            "%s doesn't have the image %s; it has %s"
                .formatted(
                    folder,
                    name.familiar(),
                    there.stream().map(ImageName::familiar).collect(Collectors.joining(", "))));
      }
    }
    return wanted.isEmpty() ? List.copyOf(there) : wanted;
  }

  /// A part of the work on one image, which a busy server or a bad line may make fail at first.
  private interface Attempt<T> {
    T make() throws IOException;
  }

  private <T> T trying(ImageName name, ImageLocation from, ImageLocation to, Attempt<T> attempt)
      throws InterruptedException {
    Duration pause = firstPause;
    for (int left = retries; ; left--) {
      try {
        return attempt.make();
      } catch (IOException | OrasException | UncheckedIOException e) {
        if (isFinal(e) || left == 0) {
          throw new TaskFailed(
              "cannot copy %s from %s to %s: %s"
                  .formatted(name.familiar(), told(from, name), told(to, name), e.getMessage()));
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }

  /// Whether asking again is of no use: who is refused stays refused.
  private static boolean isFinal(Throwable cause) {
    int status =
        switch (cause) {
          case RegistryStore.UnexpectedAnswer refusal -> refusal.status;
          case OrasException answer -> answer.getStatusCode();
          default -> 0;
        };
    return status >= 400 && status < 500 && status != 429;
  }

  private static String told(ImageLocation location, ImageName name) {
    return switch (location) {
      case ImageLocation.Registry registry -> registry.reference(name);
      case ImageLocation.Layout(Path folder) -> folder.toString();
      case ImageLocation.Archive(Path file) -> file.toString();
    };
  }

  private Function<ImageName, ImageStore> stores(ImageLocation location) {
    return switch (location) {
      case ImageLocation.Registry registry ->
          name ->
              new RegistryStore(
                  registry.reference(name),
                  registry.prefix().isEmpty() ? Optional.empty() : Optional.of(access));
      case ImageLocation.Layout(Path folder) -> new ImageLayout(folder)::store;
      case ImageLocation.Archive archive ->
          throw new IllegalStateException(archive + " isn't unpacked");
    };
  }

  /// What is to be copied: the manifest of the name, or the one for the platform that is wanted.
  private ImageStore.Manifest found(ImageStore from) throws IOException {
    return forPlatform(
        from, from.manifest("").orElseThrow(() -> new IOException("there is no such image")));
  }

  private boolean copyOnce(ImageStore from, ImageStore to) throws IOException {
    ImageStore.Manifest manifest = found(from);
    Optional<String> before = to.manifest("").map(ImageStore.Manifest::digest);
    if (before.equals(Optional.of(manifest.digest()))) {
      return false;
    }
    if (!compares) {
      copyParts(from, to, manifest);
      to.putManifest(manifest, true);
    }
    return true;
  }

  private static void copyParts(ImageStore from, ImageStore to, ImageStore.Manifest manifest)
      throws IOException {
    for (Object each : manifest.manifests()) {
      ImageStore.Manifest below = required(from, Json.text(each, "digest"));
      copyParts(from, to, below);
      to.putManifest(below, false);
    }
    for (Object each : manifest.blobs()) {
      String digest = Json.text(each, "digest");
      if (!to.hasBlob(digest)) {
        long size = Long.parseLong(Json.text(each, "size"));
        to.putBlob(digest, size, () -> checked(digest, from.blob(digest)));
      }
    }
  }

  private static ImageStore.Manifest required(ImageStore store, String digest) throws IOException {
    return store
        .manifest(digest)
        .orElseThrow(() -> new IOException("its part " + digest + " is missing"));
  }

  /// Fails at the end of a content that isn't the one its digest promises.
  private static InputStream checked(String wanted, InputStream content) {
    MessageDigest sha256 = ImageLayout.sha256();
    return new DigestInputStream(content, sha256) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read < 0 && !wanted.equals("sha256:" + HexFormat.of().formatHex(sha256.digest()))) {
          throw new IOException("its part " + wanted + " is damaged");
        }
        return read;
      }
    };
  }

  /// Of an index the manifest for the one platform that is wanted.
  private ImageStore.Manifest forPlatform(ImageStore from, ImageStore.Manifest found)
      throws IOException {
    if (platform.isEmpty() || found.manifests().isEmpty()) {
      return found;
    }
    for (Object each : found.manifests()) {
      if (isWanted(each)) {
        return required(from, Json.text(each, "digest"));
      }
    }
    throw new IOException("it is not made for " + platform.get());
  }

  private boolean isWanted(Object descriptor) {
    String own =
        Json.text(descriptor, "platform", "os")
            + "/"
            + Json.text(descriptor, "platform", "architecture");
    String variant = own + "/" + Json.text(descriptor, "platform", "variant");
    return platform.stream().allMatch(wanted -> wanted.equals(own) || wanted.equals(variant));
  }

  private ImageLocation.Layout unpacked(Path archive) {
    Path folder = folderBeside(archive);
    new DockerArchive(archive).unpack(new ImageLayout(folder));
    return new ImageLocation.Layout(folder);
  }

  /// A folder of our own on the disk of a file, or where temporary things go if we may not write
  /// there.
  private Path folderBeside(Path file) {
    try {
      Path beside = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
      if (!Files.exists(beside)) {
        Files.createDirectories(beside);
      }
      Path folder =
          Files.isWritable(beside)
              ? Files.createTempDirectory(beside, ".kk-images")
              : Files.createTempDirectory("kk-images");
      scratch.add(folder);
      return folder;
    } catch (IOException e) {
      throw new TaskFailed("cannot make a folder for images: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    for (Path folder : scratch) {
      try {
        PathUtils.deleteDirectory(folder);
      } catch (IOException e) {
        // what is left of it lies where everything temporary does
      }
    }
  }
}
