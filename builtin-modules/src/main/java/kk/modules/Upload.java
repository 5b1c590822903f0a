package kk.modules;

import java.time.Duration;
import java.util.Optional;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// A large file on its way to a host: sent only when the one there has another size or digest, and
/// from where an upload that was cut got to. What has arrived lies beside its place under a name
/// that tells the source's size and time; the whole is verified before it takes its place, and what
/// fails that is sent from its beginning. Where the size alone tells that it has to be sent, nobody
/// waits for the digest: it follows the content.
///
/// @param file where it goes and how
/// @param content what goes there
/// @param digests knows what has been read before
record Upload(WantedFile file, Content content, FileDigests digests) {

  /// Uploads go on at a multiple of this.
  private static final long BLOCK = 1024 * 1024;

  /// Bytes a second that even a bad line carries.
  private static final long SLOW = 100_000;

  /// How the receiver ends when what it has isn't what it should be.
  private static final int DAMAGED = 3;

  /// One round trip when the file is right. Each side reads its file while the other does.
  WantedFile.Written converge(HostAccess host) throws UnreachableException, InterruptedException {
    UploadDigests reading = new UploadDigests(content, digests);
    try {
      Script look = variables(host).set("sum", "").addText("kk_write_look");
      CommandResult seen = host.look(command(look));
      if (seen.exit() > 1) {
        throw new TaskFailed(seen.stderr().strip());
      }
      Answer before = Answer.of(seen.stdout());
      Optional<String> there = before.find("sum");
      boolean differs =
          before.find("content").isPresent()
              || (there.isPresent() && !there.get().equals(reading.sha256()));
      if (!differs && seen.exit() == 0) {
        return file.written(false, before, host, WantedFile.checksum(reading.sha1()));
      }
      Optional<CommandResult> changed =
          host.change(
              file.what(),
              touch -> differs ? send(touch, host, before, reading) : settle(touch, host));
      if (changed.isPresent() && !changed.get().succeeded()) {
        throw new TaskFailed(changed.get().stderr().strip());
      }
      String report = changed.map(CommandResult::stdout).orElse("");
      return file.written(
          true,
          Answer.of(seen.stdout(), differs ? "content=differs" : "", report),
          host,
          WantedFile.checksum(reading.sha1()));
    } finally {
      reading.end();
    }
  }

  /// Sends what the host doesn't have yet; all of it, if what it had turns out to be damaged.
  private CommandResult send(
      HostAccess.Touch touch, HostAccess host, Answer before, UploadDigests reading)
      throws UnreachableException, InterruptedException {
    reading.holdBack();
    String mark = digests.mark(content);
    long arrived = arrived(before, mark);
    Content verified = content.from(arrived).followedBy(reading::afterContent);
    CommandResult result = touch.send(receiver(host, mark, arrived), verified);
    return arrived > 0 && result.exit() == DAMAGED
        ? touch.send(receiver(host, mark, 0), content.followedBy(reading::afterContent))
        : result;
  }

  /// How much of the content is on the host from an earlier attempt, in whole blocks.
  private long arrived(Answer before, String mark) {
    for (String upload : before.all("arrived")) {
      String[] markAndSize = upload.split(" ", 2);
      if (markAndSize[0].equals(mark)) {
        return Math.min(Long.parseLong(markAndSize[1]), content.size()) / BLOCK * BLOCK;
      }
    }
    return 0;
  }

  private Command receiver(HostAccess host, String mark, long arrived) {
    Script script =
        variables(host)
            .set("mark", mark)
            .set("blocks", Long.toString(arrived / BLOCK))
            .addText(Script.function("kk_write_receive", "write.receive"))
            .addText(file.validation())
            .addText("kk_write_receive");
    return command(script)
        .withLimit(Command.DEFAULT_LIMIT.plus(Duration.ofSeconds(content.size() / SLOW)));
  }

  private CommandResult settle(HostAccess.Touch touch, HostAccess host)
      throws UnreachableException, InterruptedException {
    Script script =
        variables(host)
            .addText("kk_write_locate")
            .addText("kk_apply \"$dest\" f && kk_report \"$dest\" file");
    return touch.run(command(script));
  }

  private Script variables(HostAccess host) {
    return file.variables(host).set("size", Long.toString(content.size()));
  }

  private static Command command(Script script) {
    return script.command().withFunctions(WantedFile.FUNCTIONS);
  }
}
