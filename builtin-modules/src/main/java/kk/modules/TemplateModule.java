package kk.modules;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kk.spi.Content;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.TemplateSyntax;
import kk.spi.UnreachableException;

/// Writes a rendered template to the host. Always one round trip for anything that isn't huge.
@Doc("writes a template, rendered with the host's variables, to the host")
public final class TemplateModule implements Module<TemplateModule.Args> {

  /// What `template` takes.
  public record Args(
      @Doc("template on this machine, looked up in the role's `templates/`") String src,
      @Doc("where it goes on the host; ends in `/` for a directory that takes it") String dest,
      Attributes attributes,
      @Doc("keep the old file under a name with the date") @Default("false") boolean backup,
      @Doc("replace a file with other content") @Default("true") boolean force,
      @Doc("write to where a symbolic link points") @Default("false") boolean follow,
      @Doc("command that checks the new file, `%s`, before it takes its place")
          Optional<String> validate,
      @Doc("line ends to write: `\\n`, `\\r\\n` or `\\r`") @Default("\\n") String newlineSequence,
      @Doc("encoding of the file that is written") @Default("utf-8") Charset outputEncoding,
      TemplateSyntax syntax) {

    public Args {
      newlineSequence = newlineSequence.replace("\\r", "\r").replace("\\n", "\n");
      if (!newlineSequence.matches("\r|\n|\r\n")) {
        throw new IllegalArgumentException("`newline_sequence` is one of \\n, \\r\\n, \\r");
      }
    }
  }

  @Override
  public String name() {
    return "template";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Path template = host.localFile(args.src(), "templates");
    String text = host.render(template, about(template, args), args.syntax());
    String lines =
        args.newlineSequence().equals("\n") ? text : text.replace("\n", args.newlineSequence());
    String file = String.valueOf(template.getFileName());
    return new WantedFile(
            args.dest(),
            Optional.of(file),
            new FileSource.Here(Content.of(lines.getBytes(args.outputEncoding()))),
            args.attributes(),
            new WantedFile.Rules(args.force(), args.follow(), args.backup(), args.validate()))
        .converge(host)
        .outcome();
  }

  /// What a template may tell about itself, such as in a remark at the top of a file.
  private static Map<String, Object> about(Path template, Args args) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("ansible_managed", "Managed by kk, changes made by hand get lost");
    about.put("template_path", args.src());
    about.put("template_fullpath", template.toAbsolutePath().toString());
    about.put("template_destpath", args.dest());
    about.put("template_run_date", LocalDateTime.now(ZoneId.systemDefault()).toString());
    try {
      about.put("template_host", InetAddress.getLocalHost().getHostName());
      about.put("template_uid", Files.getOwner(template).getName());
      about.put("template_mtime", Files.getLastModifiedTime(template).toString());
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + template + ": " + e.getMessage());
    }
    return about;
  }
}
