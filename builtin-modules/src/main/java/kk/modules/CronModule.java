package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.CommandResult;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Diff;
import kk.spi.Doc;
import kk.spi.FileMode;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Jobs that cron runs at set times, in a user's crontab or a file in `/etc/cron.d`. One round trip
/// to read, one to write.
@Doc("keeps jobs and variables in a crontab")
public final class CronModule implements Module<CronModule.Args> {

  /// Whether the job has to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// A time by its name.
  public enum SpecialTime {
    REBOOT,
    YEARLY,
    ANNUALLY,
    MONTHLY,
    WEEKLY,
    DAILY,
    HOURLY
  }

  /// What `cron` takes.
  public record Args(
      @Doc("name of the job, in a comment above it; with `env`, of the variable") String name,
      @Doc("the command; with `env`, the value") @Alias("value") Optional<String> job,
      @Doc("whether it has to be there") @Default("present") State state,
      @Doc("whose crontab; in a file, who runs the job") Optional<String> user,
      @Doc("a file in `/etc/cron.d`, or anywhere by its whole path") Optional<String> cronFile,
      @Doc("minute, as in crontab(5)") @Default("*") String minute,
      @Doc("hour") @Default("*") String hour,
      @Doc("day of the month") @Default("*") @Alias("dom") String day,
      @Doc("month") @Default("*") String month,
      @Doc("day of the week") @Default("*") @Alias("dow") String weekday,
      @Doc("a time by its name instead") Optional<SpecialTime> specialTime,
      @Doc("keep the job as a comment") @Default("false") boolean disabled,
      @Doc("it is a variable, not a job") @Default("false") boolean env,
      @Doc("put a new variable behind this one") Optional<String> insertafter,
      @Doc("put a new variable before this one") Optional<String> insertbefore,
      @Doc("keep the old crontab in a file") @Default("false") boolean backup) {

    public Args {
      if (state == State.PRESENT && job.isEmpty()) {
        throw new IllegalArgumentException("`job` is missing: what is to be done?");
      }
      if (insertafter.isPresent() && insertbefore.isPresent()) {
        throw new IllegalArgumentException("give either `insertafter` or `insertbefore`");
      }
      if ((insertafter.isPresent() || insertbefore.isPresent()) && !env) {
        throw new IllegalArgumentException("`insertafter` and `insertbefore` are for `env`");
      }
      if (specialTime.isPresent() && !(minute + hour + day + month + weekday).equals("*****")) {
        throw new IllegalArgumentException("give either `special_time` or the parts of a time");
      }
      if (state == State.PRESENT && cronFile.isPresent() && !env && user.isEmpty()) {
        throw new IllegalArgumentException("a job in `cron_file` needs `user`: who runs it?");
      }
      if ((name + job.orElse("")).contains("\n")) {
        throw new IllegalArgumentException("a crontab has one line for a job");
      }
    }

    private Optional<String> file() {
      return cronFile.map(file -> file.startsWith("/") ? file : "/etc/cron.d/" + file);
    }

    private String line() {
      String time =
          specialTime
              .map(special -> "@" + special.name().toLowerCase(Locale.ROOT))
              .orElseGet(() -> String.join(" ", minute, hour, day, month, weekday));
      return (disabled ? "#" : "")
          + time
          + (cronFile.isPresent() ? " " + user.orElse("root") : "")
          + " "
          + job.orElse("");
    }
  }

  @Override
  public String name() {
    return "cron";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Optional<HostText> file =
        args.file().isPresent()
            ? Optional.of(HostText.read(args.file().get(), host))
            : Optional.empty();
    String before = file.isPresent() ? file.get().before().orElse("") : read(args, host);
    Crontab wanted = edited(args, Crontab.of(before));
    boolean changed = !wanted.equals(Crontab.of(before));
    Details details = Details.NONE;
    if (changed && file.isPresent()) {
      details = file.get().replace(wanted.text(), edit(args), "", host).details();
    } else if (changed) {
      write(args, wanted, host);
      details = details.with(new Diff("crontab", before, wanted.text()));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("jobs", wanted.jobs());
    values.put("envs", wanted.variables());
    details
        .values()
        .forEach((key, value) -> values.put(key.equals("backup") ? "backup_file" : key, value));
    return Outcome.changedIf(
        changed, new Details(values, details.diffs(), Optional.empty(), List.of()));
  }

  private static Crontab edited(Args args, Crontab table) {
    if (args.state() == State.ABSENT) {
      return args.env() ? table.withoutVariable(args.name()) : table.withoutJob(args.name());
    }
    if (!args.env()) {
      return table.withJob(args.name(), args.line());
    }
    Crontab.Place place =
        new Crontab.Place(
            args.insertafter().or(args::insertbefore).orElse(""), args.insertafter().isPresent());
    try {
      return table.withVariable(args.name(), args.job().orElseThrow(), place);
    } catch (IllegalArgumentException e) {
      throw new TaskFailed(String.valueOf(e.getMessage()));
    }
  }

  private static HostText.Edit edit(Args args) {
    return new HostText.Edit(
        args.backup(), Optional.empty(), Attributes.ofMode(Optional.of(new FileMode("0644"))));
  }

  private static String read(Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    CommandResult result =
        host.look(
            new Script()
                .set("user", args.user())
                .addText("LC_ALL=C crontab ${user:+-u \"$user\"} -l && echo .")
                .command());
    if (result.succeeded()) {
      return result.stdout().substring(0, result.stdout().length() - 2);
    }
    if (result.stderr().contains("no crontab for")) {
      return "";
    }
    throw new TaskFailed("cannot read the crontab: " + result.stderr().strip());
  }

  private static void write(Args args, Crontab wanted, HostAccess host)
      throws UnreachableException, InterruptedException {
    String change =
        """
        if [ -n "$backup" ]; then
          saved=$(mktemp "${TMPDIR:-/tmp}/crontab.XXXXXX") || return 1
          crontab ${user:+-u "$user"} -l >"$saved" 2>/dev/null
        fi
        crontab ${user:+-u "$user"} -
        """;
    host.converge(
        new Convergence(
                "write the crontab of " + args.user().orElse("the login"),
                new Script()
                    .set("user", args.user())
                    .set("backup", args.backup())
                    .addText("return 1")
                    .text(),
                change)
            .withInput(wanted.text()));
  }
}
