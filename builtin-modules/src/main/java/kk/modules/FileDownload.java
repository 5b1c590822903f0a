package kk.modules;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kk.spi.Content;
import kk.spi.TaskFailed;

/// One file that has to be on this machine, and to be the right one: by the digest that is given,
/// by the one that is published beside it, or by the one that it had at its first use.
final class FileDownload {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final HttpGetFileModule.RemoteFile file;
  private final Optional<ArtifactLock> lock;
  private final Path dest;

  FileDownload(HttpGetFileModule.RemoteFile file, Optional<ArtifactLock> lock) {
    this.file = file;
    this.lock = lock;
    this.dest = Path.of(file.dest().replaceFirst("^~(?=/|$)", System.getProperty("user.home")));
  }

  String url() {
    return file.url();
  }

  Path dest() {
    return dest;
  }

  /// The digest of the file that is there; empty when the right one has to be downloaded.
  ///
  /// @throws TaskFailed when it isn't the one that was used first, and nothing says which is right
  Optional<String> present() {
    if (!Files.exists(dest)) {
      return Optional.empty();
    }
    String digest = digest(dest);
    Optional<String> pinned = pinned();
    Optional<String> first = locked();
    if (pinned.isEmpty() && first.isPresent() && !first.get().equals(digest)) {
      String where = lock.map(l -> l.file().toString()).orElse("");
      throw new TaskFailed(
          "%s is another file than the one first used: its SHA-256 is %s, %s has %s; remove the file to download it again, or the line in %s when the change is wanted"
              .formatted(dest, digest, where, first.get(), where));
    }
    return pinned.isEmpty() || pinned.get().equals(digest) ? Optional.of(digest) : Optional.empty();
  }

  /// Whether the digest that it has is to be remembered, and is not yet.
  boolean isUnknown(String digest) {
    return lock.isPresent() && locked().filter(digest::equals).isEmpty();
  }

  /// Remembers the digest, where that is wanted. One thread at a time.
  void remember(String digest) {
    lock.ifPresent(l -> l.record(dest, digest));
  }

  /// Downloads it.
  ///
  /// @return its digest
  String bring(Download download, Download.Progress progress) throws InterruptedException {
    Path part = dest.resolveSibling(dest.getFileName() + ".part");
    try {
      Path directory = dest.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Optional<String> expected = wanted(download, part).or(this::locked);
      bring(download, part, progress);
      String digest = digest(part);
      if (expected.isPresent() && !expected.get().equals(digest)) {
        Files.delete(part);
        throw new TaskFailed(
            "%s has the SHA-256 %s, not %s as expected; it was not kept"
                .formatted(file.url(), digest, expected.get()));
      }
      Files.move(part, dest, StandardCopyOption.ATOMIC_MOVE);
      return digest;
    } catch (IOException e) {
      throw new TaskFailed("cannot write " + dest + " on this machine: " + e.getMessage());
    }
  }

  private void bring(Download download, Path part, Download.Progress progress)
      throws InterruptedException {
    List<String> failures = new ArrayList<>();
    for (String address : file.addresses()) {
      try {
        download.bring(URI.create(address), part, progress);
        return;
      } catch (TaskFailed e) {
        failures.add(e.getMessage());
      }
    }
    throw new TaskFailed(String.join("; ", failures));
  }

  private Optional<String> locked() {
    return lock.flatMap(l -> l.find(dest));
  }

  private Optional<String> pinned() {
    return file.sum().filter(sum -> DIGEST.matcher(sum).matches());
  }

  /// The digest the file must have: given, or published in a list at an address.
  private Optional<String> wanted(Download download, Path part)
      throws IOException, InterruptedException {
    Optional<String> pinned = pinned();
    if (pinned.isPresent() || file.sum().isEmpty()) {
      return pinned;
    }
    String address = file.sum().get();
    Path list = part.resolveSibling(part.getFileName() + ".sha256");
    download.bring(URI.create(address), list, (_, _) -> {});
    List<String> lines = Files.readAllLines(list);
    Files.delete(list);
    String path = URI.create(file.url()).getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return Optional.of(
        lines.stream()
            .map(line -> line.strip().split("\\s+", 2))
            .filter(words -> DIGEST.matcher(words[0]).matches())
            .filter(words -> words.length == 1 || words[1].replaceFirst("^\\*", "").endsWith(name))
            .map(words -> words[0])
            .findFirst()
            .orElseThrow(() -> new TaskFailed(address + " has no SHA-256 of " + name)));
  }

  private static String digest(Path file) {
    return FileSource.digest(Content.ofFile(file), "SHA-256");
  }
}
