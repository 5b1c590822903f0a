package kk.modules;

import java.util.Map;
import java.util.Optional;
import kk.spi.CommandResult;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Details;
import kk.spi.HostAccess;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Copies on the host itself: `copy` with `remote_src`. A `src` that ends in a slash, or a `dest`
/// that does when `src` names a directory, copies a whole directory.
final class RemoteCopy {
  private RemoteCopy() {}

  static Outcome run(CopyModule.Args args, String src, HostAccess host)
      throws UnreachableException, InterruptedException {
    boolean tree = src.endsWith("/") || isDirectory(args, src, host);
    String name = src.substring(src.replaceAll("/+$", "").lastIndexOf('/') + 1);
    if (!tree) {
      return new WantedFile(
              args.dest(),
              Optional.of(name),
              new FileSource.OnHost(src),
              args.attributes(),
              args.rules())
          .converge(host)
          .outcome();
    }
    String dest = args.dest().replaceAll("(?<=.)/+$", "");
    String target = src.endsWith("/") ? dest : dest + "/" + name;
    Script look =
        new Script()
            .setPath("source", src)
            .setPath("path", target)
            .set("directory_mode", args.directoryMode().map(m -> m.text()));
    args.attributes().into(look);
    Converged converged =
        host.converge(
            new Convergence(
                "copy " + src + " to " + target,
                look.add("attributes").add("remote-tree.look").text(),
                new Script().add("remote-tree.change").text()));
    return Outcome.changedIf(converged.differed(), Details.of(Map.of("dest", target, "src", src)));
  }

  /// Tells a directory, and sees at once whether a file is the one that is wanted.
  private static boolean isDirectory(CopyModule.Args args, String src, HostAccess host)
      throws UnreachableException, InterruptedException {
    CommandResult seen =
        host.look(
            new Script()
                .setPath("path", src)
                .set("verify", args.checksum().isPresent())
                .addText(
                    """
                    [ ! -d "$path" ] || { echo directory; exit 0; }
                    [ -z "$verify" ] || [ ! -f "$path" ] || sha1sum <"$path"
                    """)
                .command());
    String said = seen.stdout().strip();
    if (!said.isEmpty() && !said.equals("directory")) {
      args.verify(said.replaceFirst(" .*", ""), src);
    }
    return said.equals("directory");
  }
}
