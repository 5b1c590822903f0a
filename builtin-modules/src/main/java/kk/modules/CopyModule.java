package kk.modules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Concealed;
import kk.spi.Content;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.FileMode;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.RequiresOneOf;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Puts a file or a directory on the host. A file takes one round trip when it is small or already
/// right; a large one is sent only when its digest differs.
@Doc("puts a file or a directory on the host, unless it is there already")
public final class CopyModule implements Module<CopyModule.Args> {

  /// What `copy` takes.
  @RequiresOneOf({"src", "content"})
  public record Args(
      @Doc("file or directory on this machine, looked up in the role's `files/`")
          Optional<String> src,
      @Doc("text to write, instead of `src`") @Concealed Optional<Object> content,
      @Doc("where it goes on the host; ends in `/` for a directory that takes it") String dest,
      Attributes attributes,
      @Doc("permissions of directories that are made") Optional<FileMode> directoryMode,
      @Doc("keep the old file under a name with the date") @Default("false") boolean backup,
      @Doc("replace a file with other content") @Default("true") @Alias("thirsty") boolean force,
      @Doc("`src` is on the host already") @Default("false") boolean remoteSrc,
      @Doc("command that checks the new file, `%s`, before it takes its place")
          Optional<String> validate,
      @Doc("write to where a symbolic link points") @Default("false") boolean follow,
      @Doc("open `src` with the vault passwords if it is encrypted") @Default("true")
          boolean decrypt,
      @Doc("follow symbolic links in `src`; always so") @Default("true") boolean localFollow,
      @Doc("SHA-1 digest that the file must have, before anything is done with it")
          Optional<String> checksum) {

    public Args {
      if (src.isPresent() == content.isPresent()) {
        throw new IllegalArgumentException("give either `src` or `content`");
      }
      if (content.isPresent() && dest.endsWith("/")) {
        throw new IllegalArgumentException("with `content`, `dest` must name a file");
      }
    }

    /// What is to be written for a file on this machine.
    Content content(Path local, HostAccess host) {
      return decrypt ? host.localContent(local) : Content.ofFile(local);
    }

    /// @throws TaskFailed when the file hasn't the digest that it must have
    void verify(String digest, String file) {
      if (checksum.isPresent() && !checksum.get().equalsIgnoreCase(digest)) {
        throw new TaskFailed(file + " has the SHA-1 digest " + digest + ", not " + checksum.get());
      }
    }

    WantedFile.Rules rules() {
      return new WantedFile.Rules(force, follow, backup, validate);
    }
  }

  private final FileDigests digests = new FileDigests();

  @Override
  public String name() {
    return "copy";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    if (args.content().isPresent()) {
      Content text = Content.of(PlainText.of(args.content().get()));
      return new WantedFile(
              args.dest(),
              Optional.empty(),
              new FileSource.Here(text),
              args.attributes(),
              args.rules())
          .converge(host)
          .outcome();
    }
    String src = args.src().orElseThrow();
    if (args.remoteSrc()) {
      return RemoteCopy.run(args, src, host);
    }
    Path local = host.localFile(src, "files");
    if (Files.isDirectory(local)) {
      return new DirectoryCopy(args, local, src.endsWith("/"), digests).run(host);
    }
    return file(args, local, args.dest(), digests, host).outcome();
  }

  static WantedFile.Written file(
      Args args, Path local, String dest, FileDigests digests, HostAccess host)
      throws UnreachableException, InterruptedException {
    Content content = args.content(local, host);
    if (args.checksum().isPresent()) {
      args.verify(digests.sha1(content), local.toString());
    }
    return new WantedFile(
            dest,
            Optional.of(String.valueOf(local.getFileName())),
            new FileSource.Here(content, digests),
            args.attributes(),
            args.rules())
        .converge(host);
  }
}
