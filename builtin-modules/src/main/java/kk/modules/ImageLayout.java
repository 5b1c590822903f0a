package kk.modules;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Stream;
import kk.spi.TaskFailed;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A folder in the layout of the Open Container Initiative: contents by digest, and an index that
/// tells the digest of each name. Also made from, and packed into, what `docker save` makes.
record ImageLayout(Path folder) {
  private static final String REFERENCE = "org.opencontainers.image.ref.name";
  private static final String CONTAINERD = "io.containerd.image.name";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  /// A content.
  private record Blob(String digest, long size, boolean packed) {}

  /// Digests of the manifests or indexes by the names of images.
  Map<ImageName, String> names() {
    Map<ImageName, String> names = new LinkedHashMap<>();
    if (!Files.exists(folder.resolve("index.json"))) {
      return names;
    }
    for (Object each : Json.list(json(folder.resolve("index.json")), "manifests")) {
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
        try (InputStream content = source.open()) {
          keep(content::transferTo);
        }
      }

      @Override
      public void putManifest(Manifest manifest, boolean named) throws IOException {
        keep(target -> target.write(manifest.bytes()));
        if (named) {
          enter(image, manifest);
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

  private static String entry(String descriptor, ImageName image) {
    return descriptor.substring(0, descriptor.length() - 1)
        + ",\"annotations\":{\"%s\":\"%s\"}}".formatted(REFERENCE, image.full());
  }

  private void write(List<String> entries) throws IOException {
    Path part = folder.resolve("index.json.part");
    Files.writeString(
        part,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
            .formatted(INDEX, String.join(",", entries)));
    Files.move(part, folder.resolve("index.json"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  /// Unpacks an archive of `docker save`, old or new, and names every content by its digest.
  ///
  /// @throws TaskFailed when it is no such archive, or a content isn't what its name says
  void unpack(Path archive) {
    try {
      Compression compression = Compression.of(archive);
      if (!compression.isReadable()) {
        throw new TaskFailed(archive + " is packed with " + compression + ", not with gzip");
      }
      Map<String, Blob> members = new LinkedHashMap<>();
      try (InputStream stream = compression.open(archive)) {
        TarReader tar = new TarReader(stream);
        for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
          String name = next.get().name().replaceFirst("^\\./", "");
          if (next.get().isFile()) {
            Blob blob = keep(tar::copyTo);
            if (name.startsWith("blobs/sha256/") && !blob.digest().endsWith(name.substring(13))) {
              throw new TaskFailed(archive + " is damaged: " + name + " has another digest");
            }
            members.put(name, blob);
          } else if (next.get().type() == '2' || next.get().type() == '1') {
            Path place = Path.of(name).resolveSibling(next.get().linkName()).normalize();
            Blob linked =
                members.get(next.get().type() == '1' ? next.get().linkName() : place.toString());
            if (linked != null) {
              members.put(name, linked);
            }
          }
        }
      }
      index(archive, members);
    } catch (IOException e) {
      throw new TaskFailed(archive + " can't be unpacked: " + e.getMessage());
    }
  }

  private void index(Path archive, Map<String, Blob> members) throws IOException {
    Blob index = members.get("index.json");
    if (index != null && !Json.list(json(path(index.digest())), "manifests").isEmpty()) {
      Files.copy(
          path(index.digest()), folder.resolve("index.json"), StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    List<String> entries = new ArrayList<>();
    for (Object image : Json.list(json(path(member(archive, "manifest.json", members).digest())))) {
      String descriptor = descriptor(MANIFEST, manifest(archive, image, members));
      for (Object tag : Json.list(image, "RepoTags")) {
        entries.add(entry(descriptor, ImageName.of(String.valueOf(tag))));
      }
    }
    write(entries);
  }

  /// Makes the manifest that an old archive lacks.
  private Blob manifest(Path archive, Object image, Map<String, Blob> members) throws IOException {
    StringBuilder layers = new StringBuilder();
    for (Object name : Json.list(image, "Layers")) {
      Blob layer = member(archive, String.valueOf(name), members);
      String type = "application/vnd.oci.image.layer.v1.tar" + (layer.packed() ? "+gzip" : "");
      layers.append(layers.isEmpty() ? "" : ",").append(descriptor(type, layer));
    }
    Blob config = member(archive, Json.text(image, "Config"), members);
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                MANIFEST, descriptor("application/vnd.oci.image.config.v1+json", config), layers);
    return keep(target -> target.write(manifest.getBytes(StandardCharsets.UTF_8)));
  }

  private static Blob member(Path archive, String name, Map<String, Blob> members) {
    Blob blob = members.get(name);
    if (blob == null) {
      throw new TaskFailed(archive + " is no whole image archive: it has no " + name);
    }
    return blob;
  }

  private static String descriptor(String type, Blob blob) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, blob.digest(), blob.size());
  }

  /// What writes a content.
  private interface Writer {
    void writeTo(OutputStream target) throws IOException;
  }

  private Blob keep(Writer writer) throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
    Path part = Files.createTempFile(blobs, "part", "");
    MessageDigest sha256 = sha256();
    try (OutputStream target =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(part)), sha256)) {
      writer.writeTo(target);
    }
    String hex = HexFormat.of().formatHex(sha256.digest());
    Files.move(part, blobs.resolve(hex), StandardCopyOption.REPLACE_EXISTING);
    Path blob = blobs.resolve(hex);
    return new Blob("sha256:" + hex, Files.size(blob), Compression.of(blob) == Compression.GZIP);
  }

  /// Packs images into an archive that every engine loads: the layout, and the manifest.json that
  /// older engines read.
  void pack(Path archive) {
    Path part = archive.resolveSibling(archive.getFileName() + ".part");
    try {
      Path parent = archive.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try (TarArchiveOutputStream tar =
          new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        StringBuilder images = new StringBuilder();
        for (Map.Entry<ImageName, String> image : names().entrySet()) {
          Object manifest = json(path(image.getValue()));
          List<String> layers =
              Json.list(manifest, "layers").stream()
                  .map(layer -> '"' + blob(Json.text(layer, "digest")) + '"')
                  .toList();
          images
              .append(images.isEmpty() ? "" : ",")
              .append(
                  "{\"Config\":\"%s\",\"RepoTags\":[\"%s\"],\"Layers\":[%s]}"
                      .formatted(
                          blob(Json.text(manifest, "config", "digest")),
                          image.getKey().familiar(),
                          String.join(",", layers)));
        }
        add(tar, "manifest.json", ("[" + images + "]").getBytes(StandardCharsets.UTF_8));
        for (String name : List.of("oci-layout", "index.json")) {
          add(tar, name, Files.readAllBytes(folder.resolve(name)));
        }
        try (Stream<Path> blobs = Files.list(folder.resolve("blobs/sha256"))) {
          for (Path each : blobs.sorted().toList()) {
            TarArchiveEntry entry = entry("blobs/sha256/" + each.getFileName(), Files.size(each));
            tar.putArchiveEntry(entry);
            Files.copy(each, tar);
            tar.closeArchiveEntry();
          }
        }
      }
      Files.move(part, archive, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TaskFailed("cannot write " + archive + ": " + e.getMessage());
    }
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    tar.putArchiveEntry(entry(name, content.length));
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /// The same images always make the same bytes.
  private static TarArchiveEntry entry(String name, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    return entry;
  }

  private static String blob(String digest) {
    return "blobs/" + digest.replace(':', '/');
  }

  private Path path(String digest) {
    return folder.resolve(blob(digest));
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
