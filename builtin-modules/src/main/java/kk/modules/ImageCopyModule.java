package kk.modules;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Secret;

/// Copies images between registries, folders in OCI layout and archives of `docker save`, on this
/// machine and without a container engine. What is there already isn't sent again, and one that
/// fails leaves the others alone.
@Doc("copies images between registries, folders and archives, without a container engine")
public final class ImageCopyModule implements Module<ImageCopyModule.Args> {

  /// What `image_copy` takes.
  public record Args(
      @Doc(
              "where the images are: `registry` for that of each image's name, `docker://HOST/PATH`, `oci:FOLDER` or `docker-archive:FILE`")
          String src,
      @Doc("where to put them, in the same words") String dest,
      @Doc("their names, such as `registry:2.8.3`; without them, all of a folder or an archive")
          @Alias({"manifests", "name"})
          Optional<List<String>> images,
      @Doc("which of an image for several, such as `linux/amd64`; without it, all")
          Optional<String> platform,
      @Doc(
              "who logs in at the registry that `src` or `dest` names; without it, what `docker login` keeps")
          Optional<String> username,
      @Doc("the password of `username`") Optional<Secret> password,
      @Doc("file with the certificate of the authority that the registry's is signed by")
          @Alias("ca_file")
          Optional<Path> caCert,
      @Doc("talk to the registry without encryption") @Default("false") boolean plainHttp,
      @Doc("how often to try again, with longer and longer pauses") @Default("3") int retries) {

    public Args {
      ImageLocation from = ImageLocation.parse(src);
      ImageLocation to = ImageLocation.parse(dest);
      if (to instanceof ImageLocation.Registry(String prefix) && prefix.isEmpty()) {
        throw new IllegalArgumentException("`dest` has to name a registry: docker://HOST");
      }
      if (from.equals(to)) {
        throw new IllegalArgumentException("`src` and `dest` are the same");
      }
    }
  }

  @Override
  public String name() {
    return "image_copy";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws InterruptedException {
    ImageCopy.Access access =
        new ImageCopy.Access(args.username(), args.password(), args.caCert(), args.plainHttp());
    try (ImageCopy copy =
        new ImageCopy(
            access, args.platform(), args.retries(), Duration.ofSeconds(1), host.checking())) {
      ImageCopy.Copied copied =
          copy.copy(
              ImageLocation.parse(args.src()),
              ImageLocation.parse(args.dest()),
              args.images().orElse(List.of()));
      Details details = Details.of("copied", copied.changed());
      return copied.failures().isEmpty()
          ? Outcome.changedIf(!copied.changed().isEmpty(), details)
          : new Outcome.Failed(String.join("; ", copied.failures()), details);
    }
  }
}
