package kk.modules;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Details;
import kk.spi.HostAccess;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Copies a directory: one round trip looks at all files and makes the directories, then one for
/// each file that differs.
///
/// @param args what `copy` was told
/// @param local the directory on this machine
/// @param contentsOnly `src` ends in a slash, so the directory itself isn't part of the copy
record DirectoryCopy(CopyModule.Args args, Path local, boolean contentsOnly, FileDigests digests) {

  Outcome run(HostAccess host) throws UnreachableException, InterruptedException {
    Map<String, Path> files = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder();
    for (Path path : below(local)) {
      String relative = local.relativize(path).toString();
      if (Files.isDirectory(path)) {
        table.append("directory ").append(relative).append('\n');
      } else {
        files.put(relative, path);
        table.append(FileSource.digest(args.content(path, host), "SHA-256"));
        table.append(' ').append(relative).append('\n');
      }
    }
    Attributes directories = args.attributes().withMode(args.directoryMode());
    Script look =
        new Script()
            .setPath("path", target())
            .set("table", table.toString())
            .set("file_mode", args.attributes().modeText())
            .set("force", args.force());
    Converged seen =
        host.converge(
            new Convergence(
                "make the directories of " + target(),
                directories.into(look).add("attributes").add("tree.look").text(),
                new Script().add("tree.change").text()));
    Set<String> differing = new HashSet<>(Answer.of(seen.looked()).all("file"));
    boolean changed = seen.differed();
    Details details = Details.of(Map.of("dest", target(), "src", local.toString()));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (differing.contains(file.getKey())) {
        WantedFile.Written written =
            CopyModule.file(args, file.getValue(), target() + "/" + file.getKey(), digests, host);
        changed |= written.changed();
        for (kk.spi.Diff diff : written.details().diffs()) {
          details = details.with(diff);
        }
      }
    }
    return Outcome.changedIf(changed, details);
  }

  private String target() {
    String dest = args.dest().replaceAll("(?<=.)/+$", "");
    return contentsOnly
        ? dest
        : (dest.equals("/") ? "" : dest)
            + "/"
            + Optional.ofNullable(local.getFileName()).map(Path::toString).orElse("");
  }

  private static List<Path> below(Path directory) {
    try (Stream<Path> all = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> !path.equals(directory)).sorted().toList();
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + directory + " on this machine");
    }
  }
}
