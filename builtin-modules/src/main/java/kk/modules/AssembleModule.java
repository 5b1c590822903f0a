package kk.modules;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Puts the files of a directory together to one, in the order of their names. Two round trips for
/// a directory on the host, one for a directory here.
@Doc("puts the files of a directory together to one file on the host")
public final class AssembleModule implements Module<AssembleModule.Args> {

  /// What `assemble` takes.
  public record Args(
      @Doc("directory with the parts") String src,
      @Doc("the file on the host") String dest,
      @Doc("whether `src` is on the host; else it is looked for like the source of `copy`")
          @Default("true")
          boolean remoteSrc,
      @Doc("a line between the parts") Optional<String> delimiter,
      @Doc("only files in whose name this pattern is found") Optional<String> regexp,
      @Doc("leave out files whose name begins with a dot") @Default("false") boolean ignoreHidden,
      @Doc("keep the old file under a name with the date") @Default("false") boolean backup,
      @Doc("open parts on this machine with the vault passwords if they are encrypted")
          @Default("true")
          boolean decrypt,
      @Doc("command that checks the new file, `%s`, before it takes its place")
          Optional<String> validate,
      Attributes attributes) {

    public Args {
      regexp.ifPresent(HostText::checkPattern);
    }

    private boolean takes(String name) {
      return (!ignoreHidden || !name.startsWith("."))
          && regexp.map(regex -> Pattern.compile(regex).matcher(name).find()).orElse(true);
    }
  }

  @Override
  public String name() {
    return "assemble";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    SortedMap<String, byte[]> parts = args.remoteSrc() ? onHost(args, host) : here(args, host);
    parts.keySet().removeIf(name -> !args.takes(name));
    FileSource.Here whole = new FileSource.Here(Content.of(together(parts, args.delimiter())));
    WantedFile.Written written =
        new WantedFile(
                args.dest(),
                Optional.empty(),
                whole,
                args.attributes(),
                new WantedFile.Rules(true, false, args.backup(), args.validate()))
            .converge(host);
    Map<String, Object> values = new LinkedHashMap<>(written.details().values());
    values.put("src", args.src());
    values.put("dest", args.dest());
    values.put("md5sum", FileSource.digest(whole.content(), "MD5"));
    values.put("msg", "OK");
    Details details = written.details();
    return Outcome.changedIf(
        written.changed(),
        new Details(values, details.diffs(), details.variables(), details.warnings()));
  }

  private static SortedMap<String, byte[]> onHost(Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    CommandResult result =
        host.look(new Script().setPath("src", args.src()).add("assemble").command());
    if (!result.succeeded()) {
      throw new TaskFailed(result.stderr().strip());
    }
    SortedMap<String, byte[]> parts = new TreeMap<>();
    for (String part : Answer.of(result.stdout()).all("part")) {
      String[] nameAndContent = part.split(" ", 2);
      Base64.Decoder decoder = Base64.getDecoder();
      parts.put(
          new String(decoder.decode(nameAndContent[0]), StandardCharsets.UTF_8),
          decoder.decode(nameAndContent[1]));
    }
    return parts;
  }

  private static SortedMap<String, byte[]> here(Args args, HostAccess host) {
    Path directory = host.localFile(args.src(), "files");
    SortedMap<String, byte[]> parts = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        parts.put(
            String.valueOf(file.getFileName()),
            bytes(args.decrypt() ? host.localContent(file) : Content.ofFile(file)));
      }
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + directory + " on this machine: " + e.getMessage());
    }
    return parts;
  }

  private static byte[] bytes(Content content) throws IOException {
    try (InputStream stream = content.open()) {
      return stream.readAllBytes();
    }
  }

  private static byte[] together(SortedMap<String, byte[]> parts, Optional<String> delimiter) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] between =
        delimiter
            .map(text -> text.replace("\\n", "\n").replace("\\t", "\t"))
            .filter(text -> !text.isEmpty())
            .map(
                text -> (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8))
            .orElse(new byte[0]);
    boolean open = false;
    for (byte[] part : parts.values()) {
      if (open) {
        whole.write('\n');
      }
      if (whole.size() > 0) {
        whole.writeBytes(between);
      }
      whole.writeBytes(part);
      open = part.length == 0 || part[part.length - 1] != '\n';
    }
    return whole.toByteArray();
  }
}
