package kk.modules;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;

/// Looks whether an archive has the images that are wanted of it, for the processor they are wanted
/// for: before any host is touched. Reads a file on this machine and changes nothing.
@Doc("checks an archive of images on this machine")
public final class CheckImageModule implements Module<CheckImageModule.Args> {

  /// What `check_image` takes.
  public record Args(
      @Doc("archive on this machine, made by `docker save`") @Alias({"archive", "path"}) Path src,
      @Doc("references that must be in it, such as `registry:2.8.3`; without them, any")
          @Alias("names")
          Optional<List<String>> name,
      @Doc("processor they must be made for, `amd64` or `arm64`") @Alias("architecture")
          Optional<String> arch,
      @Doc("the archive of images in `src`, when that is an installer with other files besides")
          Optional<String> member) {}

  private final ImageArchives archives = new ImageArchives();

  @Override
  public String name() {
    return "check_image";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    List<String> found =
        List.copyOf(
            archives
                .require(args.src(), args.member(), args.name().orElse(List.of()), args.arch())
                .keySet());
    return new Outcome.Unchanged(Details.of("images", found).with("src", args.src().toString()));
  }
}
