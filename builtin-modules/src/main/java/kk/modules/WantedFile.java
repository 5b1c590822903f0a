package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
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

  /// What the scripts here call. The functions `kk_write_look` and `kk_write_change` put what
  /// `kk_content` writes, or the file `$source` on the host, to `$path`.
  static final List<String> FUNCTIONS =
      List.of(
          Script.text("attributes"),
          Script.text("write.place"),
          Script.function("kk_write_look", "write.look"),
          Script.function("kk_write_change", "write.change"));

  /// As much as a diff shows.
  private static final int DIFF_LIMIT = 100 * 1024;

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
      case FileSource.OnHost _ -> inOneGo(host, "", "cat <\"$source\"", Map.of());
      case FileSource.Here(Content content, FileDigests digests) when content.size() <= SMALL -> {
        byte[] bytes = bytes(content);
        yield inOneGo(
            host, digests.sha256(content), Script.printing(bytes), checksum(digests.sha1(content)));
      }
      case FileSource.Here(Content content, FileDigests digests) ->
          new Upload(this, content, digests).converge(host);
    };
  }

  private Written inOneGo(HostAccess host, String sum, String content, Map<String, Object> known)
      throws UnreachableException, InterruptedException {
    String look = variables(host).set("sum", sum).addText("kk_write_look").text();
    String change =
        new Script()
            .addText("kk_content() { " + content + "; }")
            .addText(validation())
            .addText("kk_write_change")
            .text();
    Converged converged =
        host.converge(new Convergence(what(), look, change).withFunctions(FUNCTIONS));
    return written(
        converged.differed(), Answer.of(converged.looked(), converged.changed()), host, known);
  }

  /// What Ansible tells of a file.
  static Map<String, Object> checksum(String sha1) {
    return Map.of("checksum", sha1);
  }

  /// Where it goes, what it has to be, and how it is written, as the functions want to know it.
  Script variables(HostAccess host) {
    Script script =
        new Script()
            .setPath("path", path)
            .set("name", name)
            .set("size", "")
            .set("unique", unique())
            .set("follow", rules.follow())
            .set("force", rules.force())
            .set("backup", rules.backup())
            .set("validating", rules.validate().isPresent())
            .set("diff", host.showsDiff() ? Integer.toString(DIFF_LIMIT) : "");
    script.setPath(
        "source",
        source instanceof FileSource.OnHost(String onHost)
            ? Optional.of(onHost)
            : Optional.empty());
    return attributes.into(script);
  }

  /// Part of the name of a new file until it takes its place.
  static String unique() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /// Defines what checks the new file.
  String validation() {
    String check =
        rules.validate().map(v -> Words.split(v).quotedWith(PLACE, "\"$new\"")).orElse(":");
    return "kk_validate() { " + check + "; }";
  }

  String what() {
    return "write " + path;
  }

  /// What came of it, from what the scripts told.
  Written written(boolean changed, Answer answer, HostAccess host, Map<String, Object> known) {
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

  /// What is in a content of this machine, as a whole.
  static byte[] bytes(Content content) {
    try (InputStream stream = content.open()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new TaskFailed("cannot read on this machine: " + e.getMessage());
    }
  }
}
