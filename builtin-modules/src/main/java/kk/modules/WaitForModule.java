package kk.modules;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Waits on the host until a port or a file is as wanted. One round trip, however long it takes.
@Doc("waits until a port or a file on the host is as wanted")
public final class WaitForModule implements Module<WaitForModule.Args> {

  /// What to wait for.
  public enum State {
    STARTED,
    PRESENT,
    STOPPED,
    ABSENT,
    DRAINED
  }

  /// States of a connection, with the numbers that the kernel has for them.
  public enum TcpState {
    ESTABLISHED("01"),
    SYN_SENT("02"),
    SYN_RECV("03"),
    FIN_WAIT1("04"),
    FIN_WAIT2("05"),
    TIME_WAIT("06"),
    CLOSE("07"),
    CLOSE_WAIT("08"),
    LAST_ACK("09"),
    LISTEN("0A"),
    CLOSING("0B");

    private final String number;

    TcpState(String number) {
      this.number = number;
    }

    static TcpState of(String name) {
      for (TcpState state : values()) {
        if (state.name().equals(name)) {
          return state;
        }
      }
      throw new IllegalArgumentException(
          "`active_connection_states` takes names such as ESTABLISHED, not `" + name + "`");
    }

    String number() {
      return number;
    }
  }

  /// What `wait_for` takes.
  public record Args(
      @Doc("whose port, as the host sees it") @Default("127.0.0.1") String host,
      @Doc("TCP port") Optional<Integer> port,
      @Doc("path on the host") Optional<String> path,
      @Doc("what to wait for") @Default("started") State state,
      @Doc("how many seconds to wait at most") @Default("300") int timeout,
      @Doc("how many seconds to wait before the first look") @Default("0") int delay,
      @Doc("how many seconds between looks, after some quick ones") @Default("1") int sleep,
      @Doc("seconds a connection may take") @Default("5") int connectTimeout,
      @Doc("regular expression that the file, or what the port sends, must match")
          Optional<String> searchRegex,
      @Doc("hosts whose connections don't matter to `state: drained`")
          Optional<List<String>> excludeHosts,
      @Doc("states of TCP in which a connection matters to `state: drained`")
          @Default("ESTABLISHED,FIN_WAIT1,FIN_WAIT2,SYN_RECV,SYN_SENT,TIME_WAIT")
          List<String> activeConnectionStates,
      @Doc("what to say when it takes too long") Optional<String> msg) {

    public Args {
      if (port.isPresent() && path.isPresent()) {
        throw new IllegalArgumentException("give either `port` or `path`");
      }
      if (port.filter(p -> p < 1 || p > 65535).isPresent()) {
        throw new IllegalArgumentException("`port` is a number from 1 to 65535");
      }
      if (state == State.DRAINED && port.isEmpty()) {
        throw new IllegalArgumentException("`state: drained` needs `port`");
      }
      if (state != State.DRAINED && excludeHosts.isPresent()) {
        throw new IllegalArgumentException("`exclude_hosts` goes with `state: drained` only");
      }
      searchRegex.ifPresent(MatchGroups::of);
      activeConnectionStates.forEach(TcpState::of);
    }

    String wanted() {
      return switch (state) {
        case STARTED, PRESENT -> "present";
        case STOPPED, ABSENT -> "absent";
        case DRAINED -> "drained";
      };
    }
  }

  private static final List<String> FUNCTIONS =
      List.of(
          Script.text("attributes"),
          Script.text("connections"),
          Script.function("kk_wait_for", "wait_for"));

  @Override
  public String name() {
    return "wait_for";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    if (host.checking()) {
      return new Outcome.Skipped("`wait_for` doesn't wait in check mode", Details.NONE);
    }
    Script script =
        new Script()
            .set("host", args.host())
            .set("port", args.port().map(String::valueOf))
            .set("port_hex", args.port().map(port -> String.format(Locale.ROOT, "%04X", port)))
            .setPath("path", args.path())
            .set("wanted", args.wanted())
            .set("timeout", Integer.toString(args.timeout()))
            .set("delay", Integer.toString(args.delay()))
            .set("pause", Integer.toString(args.sleep()))
            .set("patience", Integer.toString(args.connectTimeout()))
            .set("regex", args.searchRegex())
            .set("plain_regex", args.searchRegex().map(WaitForModule::plain))
            .set("exclude_hosts", args.excludeHosts().map(hosts -> String.join(",", hosts)))
            .set(
                "states",
                args.activeConnectionStates().stream()
                    .map(state -> TcpState.of(state).number())
                    .collect(Collectors.joining(" ", " ", " ")));
    CommandResult result =
        host.look(
            script
                .addText("kk_wait_for")
                .command()
                .withFunctions(FUNCTIONS)
                .withLimit(Duration.ofSeconds(args.timeout() + args.delay() + 60L)));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("elapsed", result.took().toSeconds());
    values.put("state", args.state().name().toLowerCase(Locale.ROOT));
    args.port().ifPresent(port -> values.put("port", (long) port));
    args.path().ifPresent(path -> values.put("path", path));
    if (!result.succeeded()) {
      String why =
          result.exit() == 3
              ? args.msg().orElse("Timeout when waiting for " + subject(args))
              : result.stderr().strip();
      return new Outcome.Failed(why, Details.of(values).with("msg", why));
    }
    Answer answer = Answer.of(result.stdout());
    values.putAll(Attributes.values(answer));
    // grep ends what it finds with a zero, where it can
    String found = answer.decoded("found").replaceFirst("(?s)\\x00.*", "");
    args.searchRegex().ifPresent(regex -> values.put("search_regex", regex));
    values.putAll(MatchGroups.of(args.searchRegex().orElse("")).in(found));
    return new Outcome.Unchanged(Details.of(values));
  }

  /// For a grep that knows nothing of Perl.
  private static String plain(String regex) {
    return regex
        .replaceAll("\\(\\?(P<\\w+>|:)", "(")
        .replace("\\d", "[0-9]")
        .replace("\\s", "[[:space:]]")
        .replace("\\w", "[[:alnum:]_]");
  }

  private static String subject(Args args) {
    String regex =
        args.searchRegex()
            .filter(_ -> args.wanted().equals("present"))
            .map(r -> "search string " + r + " in ")
            .orElse("");
    String subject =
        args.port().map(port -> args.host() + ":" + port).or(args::path).orElse("the time to pass");
    return regex
        + subject
        + switch (args.wanted()) {
          case "absent" -> args.path().isPresent() ? " to be absent." : " to stop.";
          case "drained" -> " to drain";
          default -> "";
        };
  }
}
