package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import kk.spi.TaskFailed;

/// What is in an archive made by `docker save`, or in an OCI layout packed with tar.
///
/// @param images every image in it
record ImageArchive(List<Image> images) {
  /// Manifests and configurations are small; layers are not.
  private static final long SMALL = 4 * 1024 * 1024;

  /// One image.
  ///
  /// @param ids what an engine may call it: the digest of its configuration, or of its manifest
  /// @param tags references as `docker save` writes them: `registry:2.8.3`
  /// @param architecture in Go's words: `amd64`, `arm64`
  record Image(Set<String> ids, List<String> tags, String architecture, String os) {}

  /// Reads what the archive says about itself; layers are skipped.
  ///
  /// @param member the archive of images in it, when it is one of several files
  /// @throws TaskFailed when it isn't such an archive
  static ImageArchive read(Path file, Optional<String> member) {
    try {
      Compression compression = Compression.of(file);
      if (!compression.isReadable()) {
        throw new TaskFailed(
            file + " is packed with " + compression + "; docker load wants plain tar or gzip");
      }
      try (InputStream stream = compression.open(file);
          InputStream images = member.isEmpty() ? stream : inside(stream, file, member.get())) {
        return of(file, documents(new TarReader(images)));
      }
    } catch (IOException e) {
      throw new TaskFailed(file + " can't be read as an image archive: " + e.getMessage());
    }
  }

  private static InputStream inside(InputStream stream, Path file, String member)
      throws IOException {
    TarReader tar = new TarReader(stream);
    for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
      if (next.get().name().replaceFirst("^\\./", "").equals(member)) {
        return Compression.unpacked(tar.stream());
      }
    }
    throw new TaskFailed("there is no " + member + " in " + file);
  }

  /// The image that has the tag, in whatever way the reference is written.
  Optional<Image> find(String reference) {
    return images.stream()
        .filter(image -> image.tags().stream().anyMatch(tag -> isSame(tag, reference)))
        .findFirst();
  }

  SortedSet<String> tags() {
    SortedSet<String> tags = new TreeSet<>();
    images.forEach(image -> tags.addAll(image.tags()));
    return tags;
  }

  /// Whether two references mean the same: `registry` is `docker.io/library/registry:latest`.
  static boolean isSame(String one, String other) {
    return ImageName.of(one).equals(ImageName.of(other));
  }

  private static Map<String, byte[]> documents(TarReader tar) throws IOException {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    long total = 0;
    for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarReader.Entry entry = next.get();
      if (entry.isFile() && entry.size() <= SMALL && total < 8 * SMALL) {
        byte[] bytes = tar.content();
        if (bytes.length > 0 && (bytes[0] == '{' || bytes[0] == '[')) {
          documents.put(entry.name().replaceFirst("^\\./", ""), bytes);
          total += bytes.length;
        }
      }
    }
    return documents;
  }

  private static ImageArchive of(Path file, Map<String, byte[]> documents) {
    List<Image> images = new ArrayList<>();
    Object manifest = json(documents, "manifest.json");
    for (Object each : Json.list(manifest)) {
      String config = Json.text(each, "Config");
      List<String> tags = Json.list(each, "RepoTags").stream().map(String::valueOf).toList();
      image(documents, config, Optional.empty(), tags).ifPresent(images::add);
    }
    for (Object each : Json.list(json(documents, "index.json"), "manifests")) {
      Object annotations = Json.at(each, "annotations").orElse(Map.of());
      String digest = Json.text(each, "digest");
      String name = Json.text(annotations, "io.containerd.image.name");
      String tag =
          name.isEmpty() ? Json.text(annotations, "org.opencontainers.image.ref.name") : name;
      fromLayout(documents, digest, tag.isEmpty() ? List.of() : List.of(tag), images);
    }
    if (images.isEmpty()) {
      throw new TaskFailed(
          file + " is no image archive: it has neither a manifest.json nor an index.json");
    }
    return new ImageArchive(images);
  }

  /// Adds what a descriptor of an OCI layout leads to, unless manifest.json told of it already;
  /// then only its digest is new.
  private static void fromLayout(
      Map<String, byte[]> documents, String digest, List<String> tags, List<Image> images) {
    Object manifest = json(documents, blob(digest));
    for (Object each : Json.list(manifest, "manifests")) {
      fromLayout(documents, Json.text(each, "digest"), tags, images);
    }
    String config = Json.text(manifest, "config", "digest");
    for (Image image : images) {
      if (image.ids().contains(config)) {
        image.ids().add(digest);
        return;
      }
    }
    image(documents, blob(config), Optional.of(digest), tags).ifPresent(images::add);
  }

  private static Optional<Image> image(
      Map<String, byte[]> documents, String name, Optional<String> digest, List<String> tags) {
    byte[] bytes = documents.get(name);
    if (bytes == null) {
      return Optional.empty();
    }
    Object config = json(documents, name);
    String architecture = Json.text(config, "architecture");
    if (architecture.isEmpty()) {
      return Optional.empty();
    }
    Set<String> ids = new LinkedHashSet<>(Set.of("sha256:" + sha256(bytes)));
    digest.ifPresent(ids::add);
    return Optional.of(new Image(ids, tags, architecture, Json.text(config, "os")));
  }

  private static String blob(String digest) {
    return "blobs/" + digest.replace(':', '/');
  }

  private static Object json(Map<String, byte[]> documents, String name) {
    byte[] bytes = documents.get(name);
    return bytes == null
        ? Map.of()
        : Json.find(new String(bytes, StandardCharsets.UTF_8)).orElse(Map.of());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
