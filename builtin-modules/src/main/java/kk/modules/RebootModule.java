package kk.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Starts a host anew and waits until it is back. That it has been down is told by the identity of
/// its boot, not by its silence.
@Doc("starts the host anew and waits until it is back")
public final class RebootModule implements Module<RebootModule.Args> {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// What `reboot` takes.
  public record Args(
      @Doc("what users who are logged in are told") @Default("Reboot initiated by kk") String msg,
      @Doc("seconds before it goes down; less than a minute is none") @Default("0")
          int preRebootDelay,
      @Doc("seconds to wait once it is back") @Default("0") int postRebootDelay,
      @Doc("seconds it may take until it is back, and again until `test_command` succeeds")
          @Default("600")
          int rebootTimeout,
      @Doc("seconds one attempt to connect may take") @Default("5") int connectTimeout,
      @Doc("has to succeed before the host counts as back") @Default("whoami") String testCommand,
      @Doc("tells one boot from another")
          @Default("cat /proc/sys/kernel/random/boot_id; cut -d' ' -f22 /proc/1/stat")
          String bootTimeCommand,
      @Doc("where `shutdown` is looked for")
          @Default("/sbin,/bin,/usr/sbin,/usr/bin,/usr/local/sbin")
          List<String> searchPaths,
      @Doc("what starts the host anew instead of `shutdown -r`") Optional<String> rebootCommand) {

    public Args {
      if (preRebootDelay < 0 || postRebootDelay < 0 || rebootTimeout < 1 || connectTimeout < 1) {
        throw new IllegalArgumentException("give seconds that aren't negative");
      }
    }

    private String goDown() {
      return rebootCommand.orElseGet(
          () ->
              "PATH=%s; shutdown -r %s %s"
                  .formatted(
                      Command.quote(String.join(":", searchPaths)),
                      preRebootDelay < 60 ? "now" : "+" + preRebootDelay / 60,
                      Command.quote(msg)));
    }
  }

  @Override
  public String name() {
    return "reboot";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Instant start = Instant.now();
    refuseThisMachine(host);
    CommandResult boot = host.look(Command.of(args.bootTimeCommand()));
    if (!boot.succeeded()) {
      throw new TaskFailed("`boot_time_command` failed: " + boot.stderr().strip());
    }
    Optional<Boolean> back =
        host.change("reboot", touch -> reboot(args, boot.stdout().strip(), host, touch));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("elapsed", Duration.between(start, Instant.now()).toSeconds());
    values.put("rebooted", back.isPresent());
    return new Outcome.Changed(Details.of(values));
  }

  /// A file that is made here is seen by the host only when it is this machine.
  private static void refuseThisMachine(HostAccess host)
      throws UnreachableException, InterruptedException {
    try {
      Path file = Files.createTempFile("kk-here", "");
      try {
        Script script = new Script().set("path", file.toString()).addText("[ -e \"$path\" ]");
        if (host.look(script.command()).succeeded()) {
          throw new TaskFailed("this host is the machine that kk runs on; kk would not be back");
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new TaskFailed("cannot make a temporary file on this machine: " + e.getMessage());
    }
  }

  private static boolean reboot(Args args, String boot, HostAccess host, HostAccess.Touch touch)
      throws UnreachableException, InterruptedException {
    try {
      CommandResult down = touch.run(Command.of(args.goDown()));
      // 143 and the like: the host ended the shell on its way down
      if (!down.succeeded() && down.exit() < 128) {
        throw new TaskFailed(
            "the host can't be started anew: " + (down.stdout() + down.stderr()).strip());
      }
    } catch (UnreachableException e) {
      // it went down faster than it could answer
    }
    Duration attempt = Duration.ofSeconds(args.connectTimeout());
    new Reconnection(
            Duration.ofSeconds(args.rebootTimeout() + args.preRebootDelay()), attempt, PAUSE)
        .await(
            host,
            args.bootTimeCommand(),
            now -> !now.equals(boot),
            "the host did not come back within %d s".formatted(args.rebootTimeout()));
    new Reconnection(Duration.ofSeconds(args.rebootTimeout()), attempt, PAUSE)
        .await(
            host,
            args.testCommand(),
            Reconnection.Sign.ANY,
            "the host is back, but `%s` fails".formatted(args.testCommand()));
    Thread.sleep(Duration.ofSeconds(args.postRebootDelay()));
    return true;
  }
}
