package kk.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.TaskFailed;

/// A command that is left to itself on a host, for `async`. It has no part in the session that
/// starts it: its own process group, its own files in a folder for script, input, output
/// and exit status, which only its user can read. It ends by itself when its time is over, also
/// when nobody asks for it any more.
///
/// @param id as `async_status` takes it
/// @param folder where its files are, as the shell of the host writes it
record BackgroundJob(String id, String folder) {
  /// Where files are when `ansible_async_dir` doesn't say it.
  static final String USUAL = "~/.ansible_async";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private static final String PLACES =
      """
      kk_dir=%2$s
      kk_file=$kk_dir/%1$s
      kk_job=$kk_dir/.%1$s
      """;

  /// Starts the job and says where its result will be.
  private static final String START =
      """
      kk_mask=$(umask)
      umask 077
      mkdir -p "$kk_dir" && mkdir "$kk_job" || exit 1
      cat >"$kk_job/in"
      printf %%s %1$s >"$kk_job/script"
      printf '{"ansible_job_id": "%2$s", "started": 1, "finished": 0}\\n' >"$kk_file"
      kk_apart=
      command -v setsid >/dev/null 2>&1 && kk_apart=setsid
      $kk_apart /bin/sh -c %3$s kk "$kk_job" "$kk_file" %4$d "$kk_mask" </dev/null >/dev/null 2>&1 &
      printf %%s "$kk_file"
      """;

  /// Runs the script, ends it when its time is over, and leaves the exit status and the seconds it
  /// took in the file `rc`.
  private static final String KEEPER =
      """
      job=$1 file=$2 limit=$3 mask=$4
      echo $$ >"$job/pid"
      began=$(date +%%s)
      kk_end() {
        echo "$1 $(($(date +%%s) - began))" >"$job/rc.new"
        printf '{"ansible_job_id": "%1$s", "started": 1, "finished": 1, "rc": %%s}\\n' "$2" >"$job/new"
        mv "$job/rc.new" "$job/rc"
        mv "$job/new" "$file"
      }
      (umask "$mask"; eval "$(cat "$job/script")") <"$job/in" >"$job/out" 2>"$job/err" &
      child=$!
      (
        while [ "$limit" -gt 0 ]; do
          sleep 1
          kill -0 $child 2>/dev/null || exit 0
          limit=$((limit - 1))
        done
        kk_end late 137
        kill -9 -$$ 2>/dev/null || kill -9 $child
      ) &
      wait $child
      rc=$?
      [ -e "$job/rc" ] || kk_end $rc $rc
      """;

  /// Says in one line how far the job is, then what it has said on both streams if it is over.
  private static final String LOOK =
      """
      kk_state=running
      if [ ! -d "$kk_job" ]; then
        kk_state=missing
      elif [ -e "$kk_job/rc" ]; then
        kk_state=$(cat "$kk_job/rc")
      elif [ -s "$kk_job/pid" ] && ! kill -0 "$(cat "$kk_job/pid")" 2>/dev/null; then
        kk_state=lost
        [ ! -e "$kk_job/rc" ] || kk_state=$(cat "$kk_job/rc")
      fi
      printf '%%s\\n%%s\\n' "$kk_state" "$kk_file"
      case $kk_state in
      [0-9]*)
        cat "$kk_job/out"
        cat "$kk_job/err" >&2
        ;;
      esac
      """;

  private static final String ERASE = "rm -rf \"$kk_job\" \"$kk_file\"\nprintf %s \"$kk_file\"\n";

  BackgroundJob {
    if (!NAME.matcher(id).matches()) {
      throw new TaskFailed("`" + id + "` can't be the id of a job");
    }
  }

  /// How far a job is.
  sealed interface State {
    /// Where the host keeps its result.
    String file();

    record Running(String file) implements State {}

    /// It is over.
    ///
    /// @param result what it said, as if it had been run in the session
    record Finished(String file, CommandResult result) implements State {}

    /// It was ended because its time was over.
    record Late(String file) implements State {}

    /// It is gone without a result: the host was restarted, or somebody killed it.
    record Lost(String file) implements State {}

    record Missing(String file) implements State {}
  }

  /// A job that isn't there yet.
  static BackgroundJob next(String folder) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new BackgroundJob(
        "j%012d.%d".formatted(random.nextLong(1_000_000_000_000L), random.nextInt(10_000, 99_999)),
        folder);
  }

  /// What starts it, and says the name of its file.
  ///
  /// @param limit how long the job may take, not the start
  Command starter(Command command, Duration limit) {
    String keeper = Command.quote(KEEPER.formatted(id));
    long seconds = Math.max(1, limit.plusMillis(999).toSeconds());
    // the job's shell is a fresh one, which has been told no functions
    String whole = String.join("\n", command.functions()) + "\n" + command.script();
    String script = places() + START.formatted(Command.quote(whole), id, keeper, seconds);
    return new Command(
        script,
        command.input(),
        command.environment(),
        command.directory(),
        Command.DEFAULT_LIMIT,
        command.as(),
        List.of());
  }

  private String places() {
    String quoted =
        folder.startsWith("~/")
            ? "$HOME/" + Command.quote(folder.substring(2))
            : Command.quote(folder);
    return PLACES.formatted(id, quoted);
  }

  /// What tells its [State].
  Command look() {
    return Command.of(places() + LOOK.formatted());
  }

  /// What removes all that is left of it, and says the name of its file.
  Command eraser() {
    return Command.of(places() + ERASE);
  }

  /// Reads the answer to [#look].
  static State state(CommandResult answer) {
    String[] parts = answer.stdout().split("\n", 3);
    if (!answer.succeeded() || parts.length < 3) {
      throw new TaskFailed("the job can't be asked for: " + answer.stderr().strip());
    }
    String[] words = parts[0].split(" ", 2);
    return switch (words[0]) {
      case "running" -> new State.Running(parts[1]);
      case "missing" -> new State.Missing(parts[1]);
      case "lost" -> new State.Lost(parts[1]);
      case "late" -> new State.Late(parts[1]);
      default ->
          new State.Finished(
              parts[1],
              new CommandResult(
                  Integer.parseInt(words[0]),
                  parts[2],
                  answer.stderr(),
                  Duration.ofSeconds(Long.parseLong(words[1]))));
    };
  }
}
