package kk.modules;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import kk.spi.TaskFailed;

/// A folder in the layout of the Open Container Initiative: contents by digest, and an index that
/// tells the digest of each name. Several images may be written through one object at once.
final class ImageLayout {
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String REFERENCE = "org.opencontainers.image.ref.name";
  private static final String CONTAINERD = "io.containerd.image.name";

  /// A content.
  ///
  /// @param packed whether it is compressed
  record Blob(String digest, long size, boolean packed) {}

  /// What writes a content.
  interface Writer {
    void writeTo(OutputStream target) throws IOException;
  }

  private final Path folder;
  private final Map<String, Object> blobsInWork = new ConcurrentHashMap<>();
  private final Object index = new Object();

  ImageLayout(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /// Digests of the manifests or indexes by the names of images.
  Map<ImageName, String> names() {
    Map<ImageName, String> names = new LinkedHashMap<>();
    if (!Files.exists(indexFile())) {
      return names;
    }
    for (Object each : Json.list(json(indexFile()), "manifests")) {
      String containerd = Json.text(each, "annotations", CONTAINERD);
      String name = containerd.isEmpty() ? Json.text(each, "annotations", REFERENCE) : containerd;
      if (!name.isEmpty()) {
        names.put(ImageName.of(name), Json.text(each, "digest"));
      }
    }
    return names;
  }

  /// One image of the folder.
  ImageStore store(ImageName image) {
    return new ImageStore() {
      @Override
      public Optional<Manifest> manifest(String digest) throws IOException {
        String wanted = digest.isEmpty() ? names().getOrDefault(image, "") : digest;
        if (wanted.isEmpty() || !Files.exists(path(wanted))) {
          return Optional.empty();
        }
        String text = Files.readString(path(wanted));
        Manifest manifest = new Manifest("", text);
        return Optional.of(new Manifest(mediaType(manifest), text));
      }

      @Override
      public boolean hasBlob(String digest) {
        return Files.exists(path(digest));
      }

      @Override
      public InputStream blob(String digest) throws IOException {
        return Files.newInputStream(path(digest));
      }

      @Override
      public void putBlob(String digest, long size, Source source) throws IOException {
        // two images may share it: who comes second waits for the first
        synchronized (blobsInWork.computeIfAbsent(digest, _ -> new Object())) {
          if (!hasBlob(digest)) {
            try (InputStream content = source.open()) {
              keep(content::transferTo);
            }
          }
        }
      }

      @Override
      public void putManifest(Manifest manifest, boolean named) throws IOException {
        keep(target -> target.write(manifest.bytes()));
        if (named) {
          synchronized (index) {
            enter(image, manifest);
          }
        }
      }
    };
  }

  private static String mediaType(ImageStore.Manifest manifest) {
    String told = Json.text(manifest.json(), "mediaType");
    return told.isEmpty() ? (manifest.manifests().isEmpty() ? MANIFEST : INDEX) : told;
  }

  /// Lets a name lead to a manifest, in place of the one it led to before.
  private void enter(ImageName image, ImageStore.Manifest manifest) throws IOException {
    Map<ImageName, String> names = names();
    names.put(image, manifest.digest());
    List<String> entries = new ArrayList<>();
    for (Map.Entry<ImageName, String> each : names.entrySet()) {
      ImageStore.Manifest of = store(each.getKey()).manifest(each.getValue()).orElseThrow();
      entries.add(
          entry(
              descriptor(of.mediaType(), new Blob(of.digest(), of.bytes().length, false)),
              each.getKey()));
    }
    write(entries);
  }

  static String descriptor(String type, Blob blob) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, blob.digest(), blob.size());
  }

  /// A descriptor that tells the name of its image besides.
  static String entry(String descriptor, ImageName image) {
    return descriptor.substring(0, descriptor.length() - 1)
        + ",\"annotations\":{\"%s\":\"%s\"}}".formatted(REFERENCE, image.full());
  }

  /// Writes the index anew.
  void write(List<String> entries) throws IOException {
    Path part = folder.resolve("index.json.part");
    Files.writeString(
        part,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
            .formatted(INDEX, String.join(",", entries)));
    Files.move(part, indexFile(), StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  /// Makes one of the contents the index.
  void adoptIndex(String digest) throws IOException {
    Files.copy(path(digest), indexFile(), StandardCopyOption.REPLACE_EXISTING);
  }

  /// Keeps a content under its digest.
  Blob keep(Writer writer) throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
    Path part = Files.createTempFile(blobs, "part", "");
    MessageDigest sha256 = sha256();
    try (OutputStream target =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(part)), sha256)) {
      writer.writeTo(target);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    String hex = HexFormat.of().formatHex(sha256.digest());
    // in one step: another image may be reading the same content
    Files.move(part, blobs.resolve(hex), StandardCopyOption.ATOMIC_MOVE);
    Path blob = blobs.resolve(hex);
    return new Blob("sha256:" + hex, Files.size(blob), Compression.of(blob) == Compression.GZIP);
  }

  /// All files that make up the layout, always in the same order.
  List<Path> files() throws IOException {
    try (Stream<Path> blobs = Files.list(folder.resolve("blobs/sha256"))) {
      return Stream.concat(Stream.of(folder.resolve("oci-layout"), indexFile()), blobs.sorted())
          .toList();
    }
  }

  /// What a content says.
  Object json(String digest) {
    return json(path(digest));
  }

  /// Where in a layout the content of a digest lies.
  static String blob(String digest) {
    return "blobs/" + digest.replace(':', '/');
  }

  private Path path(String digest) {
    return folder.resolve(blob(digest));
  }

  private Path indexFile() {
    return folder.resolve("index.json");
  }

  private static Object json(Path file) {
    try {
      return Json.find(Files.readString(file))
          .orElseThrow(() -> new TaskFailed(file + " is not JSON"));
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine");
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
