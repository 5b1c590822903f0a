package kk.modules;

import java.nio.file.Path;

/// Where images are kept.
sealed interface ImageLocation {

  /// A registry.
  ///
  /// @param prefix what stands before each image's path, as in `10.0.0.1:5000/library`; empty for
  ///     the registry that each image's own name tells
  record Registry(String prefix) implements ImageLocation {
    /// How the image is called there.
    String reference(ImageName name) {
      return prefix.isEmpty() ? name.full() : prefix + "/" + name.path();
    }

    /// The registry alone, without a path.
    String host() {
      int slash = prefix.indexOf('/');
      return slash < 0 ? prefix : prefix.substring(0, slash);
    }
  }

  /// A folder in the layout of the Open Container Initiative.
  record Layout(Path folder) implements ImageLocation {}

  /// A file as `docker save` makes it.
  record Archive(Path file) implements ImageLocation {}

  /// Reads `registry`, `docker://HOST[/PATH]`, `oci:FOLDER` or `docker-archive:FILE`, the words of
  /// skopeo.
  ///
  /// @throws IllegalArgumentException when it is none of them
  static ImageLocation parse(String text) {
    if (text.equals("registry")) {
      return new Registry("");
    }
    int colon = text.indexOf(':');
    String place = text.substring(colon + 1);
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "docker" -> new Registry(place.replaceFirst("^//", "").replaceFirst("/+$", ""));
      case "oci" -> new Layout(Path.of(place));
      case "docker-archive" -> new Archive(Path.of(place));
      default ->
          throw new IllegalArgumentException(
              "`%s` is no place of images: write registry, docker://HOST, oci:FOLDER or docker-archive:FILE"
                  .formatted(text));
    };
  }
}
