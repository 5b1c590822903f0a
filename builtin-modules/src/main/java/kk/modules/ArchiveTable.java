package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import kk.spi.Content;

/// The members of an archive as they will be on the host.
///
/// @param rows one per member: kind (`d`, `f`, `l`), size, seconds of change, name
record ArchiveTable(List<Row> rows) {
  private static final Pattern STRIP = Pattern.compile("--strip(?:-components)?=(\\d+)");

  /// One member. Size and time are -1 when they can't be compared.
  record Row(char kind, long size, long modified, String name) {}

  /// Reads the archive's list of members.
  ///
  /// @return nothing when the archive can't be read here, or options change what it becomes
  static Optional<ArchiveTable> read(
      Content archive, Compression compression, UnarchiveModule.Args args) throws IOException {
    int strip = 0;
    for (String option : args.extraOpts()) {
      Matcher stripping = STRIP.matcher(option);
      if (!stripping.matches()) {
        return Optional.empty();
      }
      strip = Integer.parseInt(stripping.group(1));
    }
    if (compression == Compression.ZIP) {
      return Optional.of(filtered(zip(archive), strip, args));
    }
    if (!compression.isReadable()) {
      return Optional.empty();
    }
    try (InputStream stream = compression.open(archive)) {
      return Optional.of(filtered(tar(new TarReader(stream)), strip, args));
    }
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(row.kind() + " " + row.size() + " " + row.modified() + " " + row.name() + "\n");
    }
    return text.toString();
  }

  List<String> names() {
    return rows.stream().map(Row::name).toList();
  }

  private static List<Row> tar(TarReader tar) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarReader.Entry entry = next.get();
      switch (entry.type()) {
        case '5' -> rows.add(new Row('d', -1, -1, entry.name()));
        case '2' -> rows.add(new Row('l', -1, -1, entry.name()));
        case '0', '7' -> rows.add(new Row('f', entry.size(), entry.modified(), entry.name()));
        default -> rows.add(new Row('f', -1, -1, entry.name()));
      }
    }
    return rows;
  }

  /// Zip archives know local times only, so these can't be compared.
  private static List<Row> zip(Content archive) throws IOException {
    List<Row> rows = new ArrayList<>();
    if (archive instanceof Content.LocalFile(Path file, long _)) {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          rows.add(row(entry));
        }
      }
      return rows;
    }
    // what was encrypted is read from its beginning, where sizes may stand behind the contents
    try (ZipInputStream zip = new ZipInputStream(archive.open())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        zip.closeEntry();
        rows.add(row(entry));
      }
    }
    return rows;
  }

  private static Row row(ZipEntry entry) {
    return entry.isDirectory()
        ? new Row('d', -1, -1, entry.getName())
        : new Row('f', entry.getSize(), -1, entry.getName());
  }

  private static ArchiveTable filtered(List<Row> rows, int strip, UnarchiveModule.Args args) {
    List<Row> kept = new ArrayList<>();
    for (Row row : rows) {
      String name = row.name().replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
      if (args.include().filter(names -> !covers(names, name)).isPresent()
          || args.exclude().filter(patterns -> excludes(patterns, name)).isPresent()) {
        continue;
      }
      String[] parts = name.split("/", -1);
      if (parts.length > strip && !name.isEmpty() && !name.equals(".")) {
        String rest = String.join("/", List.of(parts).subList(strip, parts.length));
        kept.add(new Row(row.kind(), row.size(), row.modified(), rest));
      }
    }
    return new ArchiveTable(kept);
  }

  private static boolean covers(List<String> names, String name) {
    return names.stream()
        .map(wanted -> wanted.replaceFirst("^(\\./)+", "").replaceFirst("/+$", ""))
        .anyMatch(wanted -> name.equals(wanted) || name.startsWith(wanted + "/"));
  }

  /// As tar does it: a pattern may match the whole name or what follows a slash, and a directory
  /// takes along what is in it.
  private static boolean excludes(List<String> patterns, String name) {
    for (String pattern : patterns) {
      PathMatcher matcher =
          FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("*", "**"));
      for (String part = name; !part.isEmpty(); part = above(part)) {
        for (int from = 0; from >= 0; from = next(part, from)) {
          if (matcher.matches(Path.of(part.substring(from)))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static String above(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  private static int next(String name, int from) {
    int slash = name.indexOf('/', from);
    return slash < 0 ? -1 : slash + 1;
  }
}
