package kk.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a known_hosts file says, read again only when the file has changed: with as many lines as
/// hosts it would be read by each of them, several times, from beginning to end.
final class KnownHostsFile {
  private final Path path;
  private Contents contents = new Contents(Version.NONE, Map.of(), List.of());

  /// By what a change of the file is noticed.
  private record Version(long size, FileTime modified) {
    static final Version NONE = new Version(-1, FileTime.fromMillis(0));
  }

  /// The lines of one version.
  ///
  /// @param named by each name or address that stands there as it is
  /// @param others those with a pattern, or with a hash for a name
  private record Contents(
      Version version, Map<String, List<KnownHost>> named, List<KnownHost> others) {}

  KnownHostsFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /// The lines about a host, in the order of the file.
  ///
  /// @param written the host as [KnownHost#written] writes it
  List<KnownHost> about(String written) {
    Contents now = read();
    List<KnownHost> found = new ArrayList<>(now.named().getOrDefault(written, List.of()));
    now.others().stream().filter(known -> known.isAbout(written)).forEach(found::add);
    found.sort((one, other) -> Integer.compare(one.line(), other.line()));
    return found;
  }

  private synchronized Contents read() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      Version version = new Version(attributes.size(), attributes.lastModifiedTime());
      if (!version.equals(contents.version())) {
        contents = parsed(version, Files.readAllBytes(path));
      }
    } catch (NoSuchFileException e) {
      contents = new Contents(Version.NONE, Map.of(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  private static Contents parsed(Version version, byte[] bytes) {
    Map<String, List<KnownHost>> named = new HashMap<>();
    List<KnownHost> others = new ArrayList<>();
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      KnownHost.parse(i + 1, lines.get(i)).ifPresent(known -> file(known, named, others));
    }
    return new Contents(version, named, others);
  }

  private static void file(
      KnownHost known, Map<String, List<KnownHost>> named, List<KnownHost> others) {
    if (known.hosts().chars().anyMatch(c -> "|*?!".indexOf(c) >= 0)) {
      others.add(known);
      return;
    }
    for (String name : known.hosts().toLowerCase(Locale.ROOT).split(",", -1)) {
      named.computeIfAbsent(name, _ -> new ArrayList<>()).add(known);
    }
  }
}
