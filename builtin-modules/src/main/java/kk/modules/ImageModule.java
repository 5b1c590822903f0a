package kk.modules;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.spi.Alias;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Brings images into the host's Docker. The archive is read here first: nothing is shipped that
/// the host has already, that is made for another processor or that lacks an expected tag.
@Doc("loads images from an archive into the host's Docker, or removes them")
public final class ImageModule implements Module<ImageModule.Args> {

  /// How the look ends on a host without Docker.
  private static final int NO_DOCKER = 3;

  /// Whether the images have to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `image` takes.
  public record Args(
      @Doc("archive on this machine, made by `docker save`, looked up in the role's `files/`")
          @Alias({"archive", "path"})
          Optional<String> src,
      @Doc("references that must be there, such as `registry:2.8.3`; without them, all of `src`")
          @Alias("names")
          Optional<List<String>> name,
      @Doc("whether they have to be there") @Default("present") State state,
      @Doc("processor the image must be made for, `amd64` or `arm64`; without it, the host's")
          @Alias("architecture")
          Optional<String> arch) {

    public Args {
      if (state == State.PRESENT && src.isEmpty()) {
        throw new IllegalArgumentException("`src` is missing: which archive has the image?");
      }
      if (state == State.ABSENT && name.isEmpty()) {
        throw new IllegalArgumentException("`name` is missing: which image has to go?");
      }
    }
  }

  private final ImageArchives archives = new ImageArchives();

  @Override
  public String name() {
    return "image";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    return switch (args.state()) {
      case PRESENT -> load(args, host);
      case ABSENT -> remove(args.name().orElseThrow(), host);
    };
  }

  private Outcome load(Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    Path file = host.localFile(args.src().orElseThrow(), "files");
    Map<String, ImageArchive.Image> wanted =
        archives.require(file, Optional.empty(), args.name().orElse(List.of()), args.arch());
    List<String> names = List.copyOf(wanted.keySet());
    CommandResult seen = host.look(new Script().setWords(names).add("image.look").command());
    // in check mode an earlier task may only have said that it would install Docker
    boolean awaited = seen.exit() == NO_DOCKER && host.checking();
    if (!seen.succeeded() && !awaited) {
      throw new TaskFailed(seen.stderr().strip());
    }
    Answer answer = Answer.of(seen.stdout());
    if (args.arch().isEmpty()) {
      answer.find("arch").ifPresent(arch -> ImageArchives.requireArchitecture(file, wanted, arch));
    }
    Details details = Details.of("images", names).with("src", file.toString());
    if (missing(wanted, answer).isEmpty()) {
      return new Outcome.Unchanged(details);
    }
    Command loader =
        new Script()
            .setWords(names)
            .addText("docker load >&2 || exit 1")
            .add("image.look")
            .command();
    Content content = Content.ofFile(file);
    Optional<CommandResult> loaded =
        host.change(
            "load image " + String.join(", ", missing(wanted, answer)),
            touch -> touch.send(loader, content));
    if (loaded.isPresent()) {
      check(loaded.get(), wanted);
    }
    return new Outcome.Changed(details.with("loaded", missing(wanted, answer)));
  }

  private static void check(CommandResult loaded, Map<String, ImageArchive.Image> wanted) {
    if (!loaded.succeeded()) {
      throw new TaskFailed("docker load failed: " + loaded.stderr().strip());
    }
    List<String> still = missing(wanted, Answer.of(loaded.stdout()));
    if (!still.isEmpty()) {
      throw new TaskFailed(
          "docker load ended well, but the host doesn't have " + String.join(", ", still));
    }
  }

  private static List<String> missing(Map<String, ImageArchive.Image> wanted, Answer answer) {
    return wanted.entrySet().stream()
        .filter(
            image ->
                answer.all("image").stream()
                    .noneMatch(line -> isThere(line, image.getKey(), image.getValue().ids())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isThere(String line, String name, Set<String> ids) {
    int space = line.indexOf(' ');
    return line.substring(space + 1).equals(name) && ids.contains(line.substring(0, space));
  }

  private static Outcome remove(List<String> names, HostAccess host)
      throws UnreachableException, InterruptedException {
    String look = new Script().setWords(names).add("image-absent.look").text();
    Converged converged =
        host.converge(
            new Convergence(
                "remove image " + String.join(", ", names),
                look,
                "for image in $present; do docker rmi \"$image\" >&2 || return 1; done"));
    return Outcome.changedIf(converged.differed(), Details.of("images", names));
  }
}
