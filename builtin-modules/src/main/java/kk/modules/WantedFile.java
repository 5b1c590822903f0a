package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Details;
import kk.spi.Diff;
import kk.spi.HostAccess;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// A file as it should be on a host, and the one way to write it: compare, write to a temporary
/// name in the same directory, set owner and mode, validate, sync, rename. Whenever this stops, the
/// host has the old file or the new one.
///
/// @param path where; a directory when `name` tells the rest
/// @param name file name to append when `path` is a directory
/// @param source where its content is now
/// @param attributes its owner, group and mode
/// @param rules how to write it
record WantedFile(
    String path, Optional<String> name, FileSource source, Attributes attributes, Rules rules) {

  /// Contents up to here travel inside the script; larger ones are sent only when needed.
  static final long SMALL = 64 * 1024;

  /// As much as a diff shows.
  private static final int DIFF_LIMIT = 100 * 1024;

  /// Bytes a second that even a bad line carries.
  private static final long SLOW = 100_000;

  /// Stands for the new file's name in a validating command.
  private static final String PLACE = "%s";

  /// How to write a file.
  ///
  /// @param force replaces a file that is there with another content
  /// @param follow writes to where a symbolic link points
  /// @param backup keeps the old file under another name
  /// @param validate a command that checks the new file, `%s`, before it takes its place
  record Rules(boolean force, boolean follow, boolean backup, Optional<String> validate) {
    static final Rules USUAL = new Rules(true, false, false, Optional.empty());

    Rules {
      if (validate.isPresent() && !validate.get().contains(PLACE)) {
        throw new IllegalArgumentException(
            "`validate` needs a " + PLACE + " where the file's name goes");
      }
    }
  }

  /// What came of it.
  record Written(boolean changed, Answer answer, Details details) {
    Outcome outcome() {
      return Outcome.changedIf(changed, details);
    }
  }

  static WantedFile of(String path, String text, Attributes attributes) {
    return new WantedFile(
        path, Optional.empty(), new FileSource.Here(Content.of(text)), attributes, Rules.USUAL);
  }

  /// Brings the file on the host to this state. One round trip, unless the content is large and not
  /// there yet.
  Written converge(HostAccess host) throws UnreachableException, InterruptedException {
    return switch (source) {
      case FileSource.OnHost _ -> inOneGo(host, "", Map.of());
      case FileSource.Here(Content content, FileDigests remembered) -> {
        List<String> digests = remembered.of(content);
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("checksum", digests.get(1));
        yield content.size() <= SMALL
            ? inOneGo(host, digests.getFirst(), known)
            : large(host, content, digests.getFirst(), known);
      }
    };
  }

  /// Shell for modules whose content comes into being on the host: `kk_write_look` and
  /// `kk_write_change` put the file `$source` to `$path`.
  static Script functions() {
    return new Script()
        .addText("kk_validate() { :; }")
        .addText("kk_write_look() {")
        .add("write.look")
        .addText("}")
        .addText("kk_write_change() {")
        .add("write.change")
        .addText("}");
  }

  private Written inOneGo(HostAccess host, String sum, Map<String, Object> known)
      throws UnreachableException, InterruptedException {
    String input =
        source instanceof FileSource.Here(Content content, FileDigests _)
            ? Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes(content)) + "\n"
            : "";
    Converged converged =
        host.converge(
            new Convergence(what(), look(host, sum), change("base64 -d", false)).withInput(input));
    return written(
        converged.differed(), Answer.of(converged.looked(), converged.changed()), host, known);
  }

  private Written large(HostAccess host, Content content, String sum, Map<String, Object> known)
      throws UnreachableException, InterruptedException {
    String look = "kk_look() {\n" + look(host, sum) + "}\n";
    CommandResult seen = host.look(Command.of(look + "kk_look"));
    if (seen.exit() > 1) {
      throw new TaskFailed(seen.stderr().strip());
    }
    Answer before = Answer.of(seen.stdout());
    if (seen.exit() == 0) {
      return written(false, before, host, known);
    }
    Command receiver =
        Command.of(
                look
                    + "kk_change() {\n"
                    + change("cat", true)
                    + "}\nkk_look </dev/null >/dev/null\n"
                    + "case $? in 0) cat >/dev/null ;; 1) kk_change ;; *) exit 2 ;; esac")
            .withLimit(Command.DEFAULT_LIMIT.plus(Duration.ofSeconds(content.size() / SLOW)));
    boolean sending = before.find("content").isPresent();
    Optional<CommandResult> changed =
        host.change(what(), touch -> sending ? touch.send(receiver, content) : touch.run(receiver));
    if (changed.isPresent() && !changed.get().succeeded()) {
      throw new TaskFailed(changed.get().stderr().strip());
    }
    String report = changed.map(CommandResult::stdout).orElse("");
    return written(true, Answer.of(seen.stdout(), report), host, known);
  }

  private Written written(
      boolean changed, Answer answer, HostAccess host, Map<String, Object> known) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dest", answer.find("dest").orElse(path));
    values.putAll(known);
    values.putAll(Attributes.values(answer));
    answer.find("backup_file").ifPresent(file -> values.put("backup_file", file));
    Details details = Details.of(values);
    if (host.showsDiff() && answer.find("content").isPresent()) {
      details = details.with(diff(answer));
    }
    return new Written(changed, answer, details);
  }

  private Diff diff(Answer answer) {
    byte[] after =
        source instanceof FileSource.Here(Content content, FileDigests _)
            ? (content.size() > DIFF_LIMIT ? new byte[] {0} : bytes(content))
            : answer.bytes("after");
    return new Diff(
        answer.find("dest").orElse(path), readable(answer.bytes("before")), readable(after));
  }

  private static String readable(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return "(not text, or too long to show)\n";
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String what() {
    return "write " + path;
  }

  private String look(HostAccess host, String sum) {
    Script script =
        new Script()
            .setPath("path", path)
            .set("name", name)
            .set("sum", sum)
            .set("follow", rules.follow())
            .set("force", rules.force())
            .set("backup", rules.backup())
            .set("diff", host.showsDiff() ? Integer.toString(DIFF_LIMIT) : "");
    script.setPath(
        "source",
        source instanceof FileSource.OnHost(String onHost)
            ? Optional.of(onHost)
            : Optional.empty());
    return attributes.into(script).add("attributes").add("write.look").text();
  }

  private String change(String receiver, boolean verify) {
    String validation =
        rules.validate().map(v -> Words.split(v).quotedWith(PLACE, "\"$new\"")).orElse(":");
    return new Script()
        .set("verify", verify)
        .addText("kk_input() { " + receiver + "; }")
        .addText("kk_validate() { " + validation + "; }")
        .add("write.change")
        .text();
  }

  private static byte[] bytes(Content content) {
    try (InputStream stream = content.open()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new TaskFailed("cannot read on this machine: " + e.getMessage());
    }
  }
}
