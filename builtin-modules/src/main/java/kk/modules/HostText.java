package kk.modules;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Outcome;
import kk.spi.SharedArguments;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// A text file on the host that is edited here: read in one round trip, written in another.
///
/// @param path where it is
/// @param before its text; nothing when it isn't there
/// @param encoding how the text is written
record HostText(String path, Optional<String> before, Charset encoding) {

  static HostText read(String path, HostAccess host)
      throws UnreachableException, InterruptedException {
    return read(path, StandardCharsets.UTF_8, host);
  }

  static HostText read(String path, Charset encoding, HostAccess host)
      throws UnreachableException, InterruptedException {
    boolean plain = encoding.equals(StandardCharsets.UTF_8);
    CommandResult read =
        host.look(
            new Script()
                .setPath("path", path)
                .addText(
                    "[ ! -d \"$path\" ] || { echo \"$path is a directory\" >&2; exit 2; }\n"
                        + "[ -e \"$path\" ] || exit 3\n"
                        + (plain ? "cat" : "base64")
                        + " <\"$path\" && echo .")
                .command());
    if (read.exit() == 3) {
      return new HostText(path, Optional.empty(), encoding);
    }
    if (!read.succeeded()) {
      throw new TaskFailed("cannot read " + path + ": " + read.stderr().strip());
    }
    String text = read.stdout().substring(0, read.stdout().length() - 2);
    return new HostText(
        path,
        Optional.of(plain ? text : new String(Base64.getMimeDecoder().decode(text), encoding)),
        encoding);
  }

  /// @throws IllegalArgumentException with a sentence when it is no regular expression
  static void checkPattern(String pattern) {
    try {
      Pattern compiled = Pattern.compile(pattern);
      assert compiled != null;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "`" + pattern + "` is no regular expression: " + e.getDescription());
    }
  }

  /// A text made of lines that were edited: the same to the letter when they are the same.
  static String withLines(String text, List<String> lines) {
    if (lines.equals(text.lines().toList())) {
      return text;
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /// The text.
  ///
  /// @param create whether a file that isn't there counts as an empty one
  /// @throws TaskFailed when it isn't there and should be
  String text(boolean create) {
    return before.orElseGet(
        () -> {
          if (!create) {
            throw new TaskFailed("there is no " + path + " on this host; `create: true` makes it");
          }
          return "";
        });
  }

  /// Writes the file with another text.
  ///
  /// @param said what to tell about a change
  Outcome replace(String after, Edit edit, String said, HostAccess host)
      throws UnreachableException, InterruptedException {
    return replace(after, edit, said, true, host);
  }

  /// Writes the file with another text.
  ///
  /// @param follow whether to write to where a symbolic link points
  Outcome replace(String after, Edit edit, String said, boolean follow, HostAccess host)
      throws UnreachableException, InterruptedException {
    if (before.isEmpty() && after.isEmpty()) {
      return new Outcome.Unchanged(Details.of("msg", ""));
    }
    WantedFile.Written written =
        new WantedFile(
                path,
                Optional.empty(),
                new FileSource.Here(Content.of(after.getBytes(encoding))),
                edit.attributes(),
                new WantedFile.Rules(true, follow, edit.backup(), edit.validate()))
            .converge(host);
    boolean textChanged = !after.equals(before.orElse(""));
    Map<String, Object> values = new LinkedHashMap<>(written.details().values());
    values.put("msg", textChanged ? said : written.changed() ? "ownership or perms changed" : "");
    Object backup = values.remove("backup_file");
    values.put("backup", backup == null ? "" : backup);
    Details details = new Details(values, written.details().diffs(), Optional.empty(), List.of());
    return Outcome.changedIf(written.changed(), details);
  }

  /// How an edited file is written; what modules that edit take in common.
  record Edit(
      @Doc("keep the old file under a name with the date") @Default("false") boolean backup,
      @Doc("command that checks the new file, `%s`, before it takes its place")
          Optional<String> validate,
      Attributes attributes)
      implements SharedArguments {
    static final Edit PLAIN = new Edit(false, Optional.empty(), Attributes.NONE);
  }
}
