package kk.modules;

/// The name of an image, with all that Docker adds to a short one.
///
/// @param registry `docker.io`, `10.0.0.1:5000`
/// @param path repository and tag, or digest: `library/registry:2.8.3`
record ImageName(String registry, String path) {

  /// `registry` is `docker.io/library/registry:latest`.
  static ImageName of(String reference) {
    String name = reference;
    int colon = reference.lastIndexOf(':');
    if (colon <= reference.lastIndexOf('/')) {
      name = reference + ":latest";
    }
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
    if (hasRegistry) {
      return new ImageName(
          first.equals("index.docker.io") ? "docker.io" : first, name.substring(slash + 1));
    }
    return new ImageName("docker.io", (slash < 0 ? "library/" : "") + name);
  }

  String full() {
    return registry + "/" + path;
  }

  /// As `docker save` writes it: without what Docker would add.
  String familiar() {
    if (!registry.equals("docker.io")) {
      return full();
    }
    return path.startsWith("library/") ? path.substring("library/".length()) : path;
  }
}
