package kk.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Settings of the kernel: in a file for the next boots and, when asked, in the kernel that runs.
/// One round trip to read the file, one to write it, one for the kernel.
@Doc("keeps settings of the kernel in a file of sysctl, and sets them now")
public final class SysctlModule implements Module<SysctlModule.Args> {

  /// Whether the setting has to be in the file.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `sysctl` takes.
  public record Args(
      @Doc("the setting, such as `net.ipv4.ip_forward`") @Alias("key") String name,
      @Doc("what it is to be") @Alias("val") Optional<String> value,
      @Doc("whether it has to be in the file") @Default("present") State state,
      @Doc("the file") @Default("/etc/sysctl.conf") String sysctlFile,
      @Doc("compare with the running kernel too, and set it there") @Default("false")
          boolean sysctlSet,
      @Doc("read a changed file into the running kernel") @Default("true") boolean reload,
      @Doc("let the kernel refuse settings") @Default("false") boolean ignoreerrors) {

    public Args {
      if (name.isBlank() || name.chars().anyMatch(c -> c == '=' || Character.isWhitespace(c))) {
        throw new IllegalArgumentException("`" + name + "` can't be the name of a setting");
      }
      if (state == State.PRESENT && value.filter(v -> !v.isBlank()).isEmpty()) {
        throw new IllegalArgumentException("`value` is missing");
      }
    }

    private boolean isIn(String line) {
      String text = line.strip().replaceFirst("^-", "");
      int equals = text.indexOf('=');
      return equals > 0
          && !text.startsWith("#")
          && !text.startsWith(";")
          && text.substring(0, equals).strip().replace('/', '.').equals(name.replace('/', '.'));
    }

    private String wanted() {
      return value.orElse("").strip().replaceAll("\\s+", " ");
    }
  }

  @Override
  public String name() {
    return "sysctl";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HostText file = HostText.read(args.sysctlFile(), host);
    String before = file.before().orElse("");
    List<String> lines = edited(args, before);
    boolean same = lines.equals(before.lines().toList());
    Outcome outcome =
        file.replace(
            same ? before : lines.isEmpty() ? "" : String.join("\n", lines) + "\n",
            HostText.Edit.PLAIN,
            "",
            host);
    boolean load = !same && args.reload();
    boolean set = args.sysctlSet() && args.state() == State.PRESENT;
    boolean kernelDiffered = (load || set) && inKernel(args, load, set, host);
    return Outcome.changedIf(
        outcome instanceof Outcome.Changed || kernelDiffered, outcome.details());
  }

  private static List<String> edited(Args args, String text) {
    List<String> lines = new ArrayList<>();
    String wanted = args.name() + "=" + args.wanted();
    boolean placed = args.state() == State.ABSENT;
    for (String line : text.lines().toList()) {
      if (!args.isIn(line)) {
        lines.add(line);
      } else if (!placed) {
        String now = line.substring(line.indexOf('=') + 1).strip().replaceAll("\\s+", " ");
        lines.add(now.equals(args.wanted()) ? line : wanted);
        placed = true;
      }
    }
    if (!placed) {
      lines.add(wanted);
    }
    return lines;
  }

  private static boolean inKernel(Args args, boolean load, boolean set, HostAccess host)
      throws UnreachableException, InterruptedException {
    Script look =
        new Script()
            .set("name", args.name())
            .set("value", args.wanted())
            .setPath("file", args.sysctlFile())
            .set("load", load)
            .set("set", set)
            .set("lenient", args.ignoreerrors());
    return host.converge(
            new Convergence(
                "set " + args.name() + " in the kernel",
                look.add("sysctl.look").text(),
                new Script().add("sysctl.change").text()))
        .differed();
  }
}
