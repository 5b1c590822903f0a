package kk.modules;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// A large file on its way to a host: sent only when the one there has another size or digest, and
/// from where an upload that was cut got to. What has arrived lies beside its place under a name
/// with the digest of the whole, so a source that has changed since is sent from its beginning; the
/// whole is verified before it takes its place.
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
    FutureTask<String> sha256 = new FutureTask<>(() -> digests.sha256(content));
    FutureTask<String> sha1 = new FutureTask<>(() -> digests.sha1(content));
    startReading(sha256, sha1);
    Script look = variables(host).set("sum", "").addText("kk_write_look");
    CommandResult seen = host.look(command(look));
    if (seen.exit() > 1) {
      throw new TaskFailed(seen.stderr().strip());
    }
    Answer before = Answer.of(seen.stdout());
    String sum = result(sha256);
    boolean differs =
        before.find("content").isPresent()
            || before.find("sum").filter(there -> !there.equals(sum)).isPresent();
    if (!differs && seen.exit() == 0) {
      return file.written(false, before, host, WantedFile.checksum(result(sha1)));
    }
    Optional<CommandResult> changed =
        host.change(
            file.what(), touch -> differs ? send(touch, host, before, sum) : settle(touch, host));
    if (changed.isPresent() && !changed.get().succeeded()) {
      throw new TaskFailed(changed.get().stderr().strip());
    }
    String report = changed.map(CommandResult::stdout).orElse("");
    return file.written(
        true,
        Answer.of(seen.stdout(), differs ? "content=differs" : "", report),
        host,
        WantedFile.checksum(result(sha1)));
  }

  /// Sends what the host doesn't have yet; all of it, if what it had turns out to be damaged.
  private CommandResult send(HostAccess.Touch touch, HostAccess host, Answer before, String sum)
      throws UnreachableException, InterruptedException {
    long arrived = arrived(before, sum);
    CommandResult result = touch.send(receiver(host, sum, arrived), content.from(arrived));
    return arrived > 0 && result.exit() == DAMAGED
        ? touch.send(receiver(host, sum, 0), content)
        : result;
  }

  /// How much of the content is on the host from an earlier attempt, in whole blocks.
  private long arrived(Answer before, String sum) {
    for (String upload : before.all("arrived")) {
      String[] digestAndSize = upload.split(" ", 2);
      if (digestAndSize[0].equals(sum)) {
        return Math.min(Long.parseLong(digestAndSize[1]), content.size()) / BLOCK * BLOCK;
      }
    }
    return 0;
  }

  private Command receiver(HostAccess host, String sum, long arrived) {
    Script script =
        variables(host)
            .set("sum", sum)
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

  /// First the digest that the upload waits for, then the one that is only told. On a thread of the
  /// system: it keeps one busy that others would wait for.
  private static void startReading(FutureTask<String> compared, FutureTask<String> told) {
    Thread.ofPlatform()
        .daemon()
        .name("kk-digest")
        .start(
            () -> {
              compared.run();
              told.run();
            });
  }

  private static String result(Future<String> reading) throws InterruptedException {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TaskFailed failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
