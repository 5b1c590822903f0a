package kk.modules;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.modules.ImageLayout.Blob;
import kk.spi.TaskFailed;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Images in one file, as `docker save` makes it and `docker load` reads it.
///
/// @param file the archive, on this machine
record DockerArchive(Path file) {
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  /// Unpacks the archive, of an old engine or a new one, and names every content by its digest.
  ///
  /// @throws TaskFailed when it is no such archive, or a content isn't what its name says
  void unpack(ImageLayout into) {
    try {
      Map<String, Blob> members = members(into);
      Blob index = members.get("index.json");
      if (index != null && !Json.list(into.json(index.digest()), "manifests").isEmpty()) {
        into.adoptIndex(index.digest());
        return;
      }
      List<String> entries = new ArrayList<>();
      for (Object image : Json.list(into.json(member("manifest.json", members).digest()))) {
        String descriptor =
            ImageLayout.descriptor(ImageLayout.MANIFEST, manifest(image, members, into));
        for (Object tag : Json.list(image, "RepoTags")) {
          entries.add(ImageLayout.entry(descriptor, ImageName.of(String.valueOf(tag))));
        }
      }
      into.write(entries);
    } catch (IOException e) {
      throw new TaskFailed(file + " can't be unpacked: " + e.getMessage());
    }
  }

  private Map<String, Blob> members(ImageLayout into) throws IOException {
    Compression compression = Compression.of(file);
    if (!compression.isReadable()) {
      throw new TaskFailed(file + " is packed with " + compression + ", not with gzip");
    }
    Map<String, Blob> members = new LinkedHashMap<>();
    try (InputStream stream = compression.open(file)) {
      TarReader tar = new TarReader(stream);
      for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
        String name = next.get().name().replaceFirst("^\\./", "");
        if (next.get().isFile()) {
          Blob blob = into.keep(tar::copyTo);
          if (name.startsWith("blobs/sha256/") && !blob.digest().endsWith(name.substring(13))) {
            throw new TaskFailed(file + " is damaged: " + name + " has another digest");
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
    return members;
  }

  /// Makes the manifest that an archive of an old engine lacks.
  private Blob manifest(Object image, Map<String, Blob> members, ImageLayout into)
      throws IOException {
    List<String> layers = new ArrayList<>();
    for (Object name : Json.list(image, "Layers")) {
      Blob layer = member(String.valueOf(name), members);
      layers.add(ImageLayout.descriptor(LAYER + (layer.packed() ? "+gzip" : ""), layer));
    }
    Blob config = member(Json.text(image, "Config"), members);
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                ImageLayout.MANIFEST,
                ImageLayout.descriptor(CONFIG, config),
                String.join(",", layers));
    return into.keep(target -> target.write(manifest.getBytes(StandardCharsets.UTF_8)));
  }

  private Blob member(String name, Map<String, Blob> members) {
    Blob blob = members.get(name);
    if (blob == null) {
      throw new TaskFailed(file + " is no whole image archive: it has no " + name);
    }
    return blob;
  }

  /// Packs all images of a folder, so that every engine loads them: the layout, and the
  /// manifest.json that older engines read.
  void pack(ImageLayout from) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try (TarArchiveOutputStream tar =
          new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        add(tar, "manifest.json", images(from).getBytes(StandardCharsets.UTF_8));
        for (Path each : from.files()) {
          tar.putArchiveEntry(entry(from.folder().relativize(each).toString(), Files.size(each)));
          Files.copy(each, tar);
          tar.closeArchiveEntry();
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TaskFailed("cannot write " + file + ": " + e.getMessage());
    }
  }

  private static String images(ImageLayout from) {
    List<String> images = new ArrayList<>();
    from.names()
        .forEach(
            (name, digest) -> {
              Object manifest = from.json(digest);
              List<String> layers =
                  Json.list(manifest, "layers").stream()
                      .map(layer -> '"' + ImageLayout.blob(Json.text(layer, "digest")) + '"')
                      .toList();
              images.add(
                  "{\"Config\":\"%s\",\"RepoTags\":[\"%s\"],\"Layers\":[%s]}"
                      .formatted(
                          ImageLayout.blob(Json.text(manifest, "config", "digest")),
                          name.familiar(),
                          String.join(",", layers)));
            });
    return "[" + String.join(",", images) + "]";
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
}
