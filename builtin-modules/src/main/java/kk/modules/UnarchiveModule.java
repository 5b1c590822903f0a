package kk.modules;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/// Unpacks an archive on the host.
///
/// An archive on this machine (tar, plain or gzip; zip) is compared member by member, by kind, size
/// and time of change, before anything is sent: one round trip when all is there, two and the data
/// otherwise. Archives packed with xz, zstd or bzip2 can't be read here, so they are unpacked each
/// time unless `creates` says that it's done. With `remote_src`, GNU tar compares contents; other
/// tars only tell whether every member is there.
@Doc("unpacks an archive on the host, unless everything in it is there already")
public final class UnarchiveModule implements Module<UnarchiveModule.Args> {

  /// What `unarchive` takes.
  public record Args(
      @Doc("the archive on this machine, looked up in the role's `files/`") String src,
      @Doc("directory on the host to unpack it in, which must be there") String dest,
      @Doc("don't unpack when this path is there") Optional<String> creates,
      @Doc("`src` is on the host already, or an address that the host gets it from")
          @Default("false")
          boolean remoteSrc,
      @Doc("with an address, refuse certificates nobody we trust has signed") @Default("true")
          boolean validateCerts,
      @Doc("the opposite of `remote_src`, as it was called once") Optional<Boolean> copy,
      @Doc("open `src` with the vault passwords if it is encrypted") @Default("true")
          boolean decrypt,
      @Doc("accepted for Ansible's sake; archives are streamed") @Default("65536") int ioBufferSize,
      Attributes attributes,
      @Doc("further options for tar or unzip, such as `--strip-components=1`") @Default("")
          List<String> extraOpts,
      @Doc("patterns of members to leave out") Optional<List<String>> exclude,
      @Doc("members to unpack, all others being left out") Optional<List<String>> include,
      @Doc("tell the members under `files`") @Default("false") boolean listFiles,
      @Doc("keep files that are newer than those in the archive") @Default("false")
          boolean keepNewer) {

    public Args {
      extraOpts = extraOpts.stream().filter(option -> !option.isBlank()).toList();
      if (include.isPresent() && exclude.isPresent()) {
        throw new IllegalArgumentException("give either `include` or `exclude`");
      }
      if (remoteSrc && copy.orElse(false)) {
        throw new IllegalArgumentException("`copy` says the opposite of `remote_src`; give one");
      }
    }
  }

  /// Variables of `http.sh` for what a download of an archive has not.
  private static final List<String> UNUSED =
      List.of(
          "with_body",
          "body_file",
          "decompress",
          "client_cert",
          "client_key",
          "ca_path",
          "unix_socket");

  @Override
  public String name() {
    return "unarchive";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    boolean there = args.copy().map(copy -> !copy).orElse(args.remoteSrc());
    return there ? onHost(args, host) : fromHere(args, host);
  }

  private static Outcome onHost(Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    boolean download = args.src().contains("://");
    Script look =
        variables(args).setPath("archive", args.src()).set("download", download).add("attributes");
    if (download) {
      look.set("request", new WebRequest(args.src(), Optional.empty()).text())
          .set("method", "GET")
          .set("follow", "all")
          .set("timeout", "60")
          .set("insecure", !args.validateCerts());
      for (String unused : UNUSED) {
        look.set(unused, "");
      }
      look.add("http");
    }
    Converged converged =
        host.converge(
            new Convergence(
                "unpack " + args.src(),
                look.add("unarchive-remote.look").text(),
                new Script()
                    .addText("kk_archive() { cat <\"$archive\"; }")
                    .add("unarchive.change")
                    .text()));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    return Outcome.changedIf(converged.differed(), details(args, answer, answer.all("member")));
  }

  private static Outcome fromHere(Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    Path file = host.localFile(args.src(), "files");
    Content content = args.decrypt() ? host.localContent(file) : Content.ofFile(file);
    Compression compression;
    Optional<ArchiveTable> table;
    try {
      compression = Compression.of(content);
      table = ArchiveTable.read(content, compression, args);
    } catch (IOException e) {
      throw new TaskFailed(file + " can't be read as an archive: " + e.getMessage());
    }
    String head = variables(args).set("packed", compression.name()).add("attributes").text();
    CommandResult seen =
        host.look(
            Command.of(head + new Script().add("unarchive.look").text())
                .withInput(table.map(ArchiveTable::text).orElse("unknown\n")));
    if (seen.exit() > 1) {
      throw new TaskFailed(seen.stderr().strip());
    }
    Answer answer = Answer.of(seen.stdout());
    List<String> members = table.map(ArchiveTable::names).orElse(List.of());
    if (seen.exit() == 0) {
      return new Outcome.Unchanged(details(args, answer, members));
    }
    String receiver =
        head
            + new Script()
                .addText("kk_archive() { cat; }\nkk_change() {")
                .add("unarchive.change")
                .addText("}\nkk_change")
                .text();
    Optional<CommandResult> sent =
        host.change(
            "unpack " + file + " to " + args.dest(),
            touch ->
                touch.send(
                    Command.of(receiver)
                        .withLimit(
                            Command.DEFAULT_LIMIT.plus(
                                Duration.ofSeconds(content.size() / 100_000))),
                    content));
    if (sent.isPresent() && !sent.get().succeeded()) {
      throw new TaskFailed(sent.get().stderr().strip());
    }
    return new Outcome.Changed(details(args, answer, members));
  }

  private static Script variables(Args args) {
    Script script =
        new Script()
            .setPath("dest", args.dest())
            .setPath("creates", args.creates())
            .set("keep_newer", args.keepNewer())
            .set("options", new Words(args.extraOpts()).quoted())
            .set("exclude", new Words(args.exclude().orElse(List.of())).quoted())
            .set("include", new Words(args.include().orElse(List.of())).quoted())
            .set("list_files", args.listFiles());
    return args.attributes().into(script);
  }

  private static Details details(Args args, Answer answer, List<String> members) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("src", args.src());
    values.put("dest", args.dest());
    if (args.listFiles()) {
      values.put("files", members);
    }
    answer.find("why").ifPresent(why -> values.put("msg", why));
    return Details.of(values);
  }
}
