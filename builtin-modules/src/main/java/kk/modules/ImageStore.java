package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Where the parts of one image are read or written: manifests, and the blobs they lead to. Every
/// part is known by the digest of its bytes, so that bytes are never written anew on the way.
interface ImageStore {

  /// A manifest, or an index of several, byte for byte.
  record Manifest(String mediaType, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    String digest() {
      return "sha256:" + HexFormat.of().formatHex(ImageLayout.sha256().digest(bytes()));
    }

    Object json() {
      return Json.find(text).orElse(List.of());
    }

    /// The manifests of an index, as descriptors.
    List<?> manifests() {
      return Json.list(json(), "manifests");
    }

    /// Configuration and layers, as descriptors.
    List<?> blobs() {
      List<Object> blobs = new ArrayList<>(Json.list(json(), "layers"));
      Json.at(json(), "config").ifPresent(blobs::add);
      return blobs;
    }
  }

  /// Opens what a blob is read from, as often as it is asked.
  interface Source {
    InputStream open() throws IOException;
  }

  /// The manifest of a digest, or that of the image's name when the digest is empty.
  Optional<Manifest> manifest(String digest) throws IOException;

  boolean hasBlob(String digest) throws IOException;

  /// The content of a blob; whoever reads it closes it, and compares its digest.
  InputStream blob(String digest) throws IOException;

  void putBlob(String digest, long size, Source source) throws IOException;

  /// Writes a manifest whose parts are there.
  ///
  /// @param named whether the image's name leads to it from now on
  void putManifest(Manifest manifest, boolean named) throws IOException;
}
